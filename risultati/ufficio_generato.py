"""The office of the demonstration at work: one rehearsal (``prova``) where all is generated, and says so.

It votes on the last Sunday and the Monday after, so that its pages speak of these days. The sections and
their electors are the true ones of the comune; every name is «… GENERATO n.», every place «via generata n.»:
nothing of it is ever published and every document says that it is a rehearsal.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from candidature.decisioni import accept_proposta, close_seduta, decide_lista, open_seduta
from candidature.models import Candidato, Decisione, Lista, StatoDocumento
from candidature.presentazione import receive_lista, register_sindaco
from candidature.sorteggio import draw, urne
from comuni.corpo_elettorale import record_rilevazione
from comuni.legge import parametri_di
from comuni.models import (
    CambioSede,
    ComponenteCommissione,
    Convocazione,
    ElettoreParticolare,
    Elezione,
    RilevazioneElettori,
    SedutaCommissione,
    Sezione,
    TessereDelGiorno,
)
from comuni.propaganda import add_spazio, spazi_di_legge
from comuni.scadenzario import mark_scadenza, sync_scadenze
from electoral.models import Utente

PRESENTE = StatoDocumento.PRESENTE
LUOGO = "Luogo generato"
SEME = "dadi 4 2 6 1"
LISTE = (("AZZURRA", "VERDE"), ("ROSSA", "GIALLA", "BIANCA"), ("VIOLA",), ("GRIGIA", "NERA"))
"""The lists that support each generated sindaco."""
COLORI = ("#0066cc", "#008758", "#cc334d", "#e0a800", "#8aa4c0", "#6a3d9a", "#5d6b7a", "#17324d")
IN_LISTA = 20
EFFETTIVI = 3


def ultima_domenica(oggi: date) -> date:
    """The Sunday before that day: at the latest yesterday."""
    return oggi - timedelta(oggi.isoweekday())


def create_elezione(vera: Elezione, *, slug: str, oggi: date) -> Elezione:
    """A rehearsal of these days in the comune of a true election, with its sections and its electors."""
    elezione = Elezione.objects.create(
        comune=vera.comune,
        slug=slug,
        data=ultima_domenica(oggi),
        giorni=2,
        popolazione_legale=vera.popolazione_legale,
        capoluogo=vera.capoluogo,
        sistema=vera.sistema,
        seggi_consiglio=vera.seggi_consiglio,
        prova=True,
        fonte="Dati generati per la dimostrazione: nessuna persona e nessuna cifra è vera.",
    )
    elettori = vera.scrutini.filter(turno=1, sezione__isnull=False).order_by("sezione__numero")
    Sezione.objects.bulk_create(
        Sezione(
            elezione=elezione,
            numero=numero,
            plesso=f"Edificio generato {1 + numero // 4}",
            indirizzo=f"via generata {1 + numero // 4}",
            accessibile=numero % 3 > 0,
            elettori_m=maschi,
            elettori_f=femmine,
        )
        for numero, maschi, femmine in elettori.values_list("sezione__numero", "elettori_m", "elettori_f")
    )
    return elezione


def prepare(elezione: Elezione, *, by: Utente) -> None:
    """What the office did before the candidatures: convocation, electors, spaces, commissione."""
    prima = elezione.data - timedelta(50)
    Convocazione.objects.create(
        elezione=elezione,
        decreto_ministro=prima,
        decreto_prefetto_numero="GENERATO 1",
        decreto_prefetto_data=prima,
        firmatario="Sindaco generato",
    )
    sezioni = list(elezione.sezioni.order_by("numero"))
    CambioSede.objects.create(
        sezione=sezioni[1],
        edificio="Edificio generato 90",
        indirizzo="via generata 90",
        motivo="lavori nell'edificio (motivo generato)",
        proposta_il=prima,
        decisa_il=prima,
    )
    per_sezione = {s.pk: (s.elettori_m or 0, s.elettori_f or 0) for s in sezioni}
    for momento in RilevazioneElettori.Momento.values[:2]:
        record_rilevazione(elezione, momento=momento, per_sezione=per_sezione, aggiorna_sezioni=False)
    _particolari(elezione, sezioni)
    for passo in range(1, 6):
        giorno = elezione.data - timedelta(passo)
        TessereDelGiorno.objects.create(
            elezione=elezione, giorno=giorno, consegnate=60 - 9 * passo, duplicati=20 - 3 * passo
        )
    regola = spazi_di_legge(elezione)
    for n in range(regola.valore["minimo"] if regola else 0):
        add_spazio(elezione, centro_abitato="Centro generato", ubicazione=f"piazza generata {n + 1}")
    _commissione(elezione)


def _particolari(elezione: Elezione, sezioni: list[Sezione]) -> None:
    for n, titolo in enumerate(ElettoreParticolare.Titolo.values * 2, 1):
        ElettoreParticolare.objects.create(
            elezione=elezione,
            titolo=titolo,
            cognome=f"ELETTORE GENERATO {n}",
            nome="Prova",
            sezione=sezioni[n],
            sezione_iscrizione=sezioni[n].numero,
            luogo=f"via generata {n}",
            domanda_il=elezione.data - timedelta(25),
        )


def _commissione(elezione: Elezione) -> None:
    """The members in office and the public sitting that draws the scrutatori."""
    Ruolo = ComponenteCommissione.Ruolo  # noqa: N806 (a class)
    for n in range(1, 7):
        ComponenteCommissione.objects.get_or_create(
            comune=elezione.comune,
            cognome=f"COMPONENTE GENERATO {n}",
            nome="Prova",
            defaults={
                "ruolo": Ruolo.EFFETTIVO if n <= EFFETTIVI else Ruolo.SUPPLENTE,
                "minoranza": n in (1, 4),
                "eletto_il": elezione.data - timedelta(400),
            },
        )
    seduta = SedutaCommissione.objects.create(
        elezione=elezione,
        oggetto=SedutaCommissione.Oggetto.SCRUTATORI,
        convocata_per=momento(elezione, -21, 10),
        sindaco_presente=True,
        presidente="Sindaco generato",
        segretario="Segretario generato",
        tenuta=True,
        esito="Sorteggio degli scrutatori con il seme pubblico (seduta generata).",
    )
    seduta.presenti.set(ComponenteCommissione.objects.filter(comune=elezione.comune, ruolo=Ruolo.EFFETTIVO))


def momento(elezione: Elezione, giorni: int, ora: int) -> datetime:
    """An hour of the day so many days after (or before) the vote."""
    return timezone.make_aware(datetime.combine(elezione.data + timedelta(giorni), time(ora)))


def fill_candidature(elezione: Elezione, *, by: Utente) -> None:
    """Sindaci, lists and candidates, filed, examined and drawn: one candidate lacks a paper and is struck."""
    firme = parametri_di(elezione).valore("firme").get("massimo")
    ordine = 0
    for n, nomi in enumerate(LISTE, 1):
        sindaco = register_sindaco(elezione, cognome=f"SINDACO GENERATO {n}", **_persona(n))
        for nome in nomi:
            lista = receive_lista(
                elezione,
                denominazione=f"{nome} GENERATA",
                sindaco=sindaco,
                presentata_il=momento(elezione, -30, 9) + timedelta(0, 1500 * ordine),
                presentata_da="Presentatore generato",
                by=by,
                contrassegno=_contrassegno(ordine, nome),
                firme_accertate=firme,
                firme_dichiarate=firme,
            )
            lista.documenti.update(stato=PRESENTE)
            _add_candidati(lista, dopo=ordine * IN_LISTA)
            ordine += 1
    _examine(elezione, by=by)
    for urna in urne(elezione):
        draw(
            elezione,
            chiave=urna.chiave,
            modalita="ripetibile",
            seme=SEME,
            presenti="i delegati generati",
            eseguito_il=momento(elezione, -25, 12),
            by=by,
        )


def _persona(n: int) -> dict[str, object]:
    return {
        "nome": "Prova",
        "sesso": "MF"[n % 2],
        "data_nascita": date(1960, 1, 1) + timedelta(97 * n % 14_000),
        "luogo_nascita": LUOGO,
        "accettazione": PRESENTE,
        "iscrizione": PRESENTE,
    } | ({"candidatura_unica": PRESENTE} if n <= len(LISTE) else {})


def _contrassegno(ordine: int, nome: str) -> bytes:
    """A disc with a pattern of its own, that says it is generated."""
    alte = [60 if ordine >> bit & 1 else 190 for bit in range(4)]
    barre = "".join(
        f'<rect x="{40 + 55 * posto}" y="{alto}" width="45" height="90" fill="white"/>'
        for posto, alto in enumerate(alte)
    )
    testo = f'<text x="150" y="175" font-size="34" text-anchor="middle" fill="white">{nome} GENERATA</text>'
    disco = f'<circle cx="150" cy="150" r="148" fill="{COLORI[ordine]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300">{disco}{barre}{testo}</svg>'.encode()
    )


def _add_candidati(lista: Lista, *, dopo: int) -> None:
    righe = []
    for posto in range(1, IN_LISTA + 1):
        dati = _persona(len(LISTE) + dopo + posto)
        righe.append(
            Candidato(lista=lista, numero=posto, cognome=f"CANDIDATO GENERATO {dopo + posto}", **dati)
        )
        righe[-1].set_chiave()
    Candidato.objects.bulk_create(righe)


def _examine(elezione: Elezione, *, by: Utente) -> None:
    seduta = open_seduta(
        elezione,
        tipo="esame",
        by=by,
        luogo="Sede generata della commissione",
        presidente="Presidente generato",
        componenti="Componente generato 1\nComponente generato 2",
        segretario="Segretario generato",
        aperta_il=momento(elezione, -29, 9),
    )
    liste = list(Lista.objects.di(elezione).select_related("elezione").order_by("numero"))
    ultimo = liste[1].candidati.order_by("-numero").first()
    ultimo.accettazione = StatoDocumento.MANCANTE
    ultimo.save(update_fields=["accettazione"])
    decide_lista(
        liste[1],
        esito=Decisione.Esito.AMMESSA_CON_ESCLUSIONI,
        motivazione="Manca la dichiarazione di accettazione dell'ultimo candidato.",
        esclusi={ultimo.pk: "accettazione mancante"},
        by=by,
    )
    for lista in [liste[0], *liste[2:]]:
        accept_proposta(lista, by=by)
    close_seduta(seduta, by=by)


def mark_fatte(elezione: Elezione, *, by: Utente, adesso: datetime, ultime: int = 2) -> None:
    """Every duty of the comune up to now is done, except the last ones: they are late, as it happens."""
    voci = [v for v in sync_scadenze(elezione) if v.is_in_ritardo(adesso)]
    for voce in voci[: len(voci) - ultime]:
        mark_scadenza(voce.scadenza, stato="fatta", by=by, nota="Dimostrazione.", quando=voce.termine)
