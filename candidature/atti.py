"""Papers of the filing and of the commissione: receipt, notification, verbale."""

from datetime import datetime

from django.utils import timezone

from candidature import manifesti, termini
from candidature.models import Audizione, Decisione, Lista, Seduta, Sopravvenienza, SorteggioNumeri
from candidature.presentazione import NonConsentito, documenti_di
from candidature.sopravvenienze import say_di_chi
from comuni.atti import produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione
from comuni.propaganda import describe_spese
from electoral.permessi import Azione
from electoral.templatetags.urna import giorni_di_voto
from norme.delegati import regola_delegati
from norme.sorteggio import freeze_elenco


def produce_ricevuta(lista: Lista, *, by) -> Atto:
    """The dated and timed receipt of the segretario (TU 28, 32)."""
    elezione = lista.elezione
    fine = termini.fine_presentazione(elezione)
    quando = lista.presentata_il
    contesto = {
        "comune": elezione.comune.nome,
        "giorni": giorni_di_voto(elezione),
        "giorno": _giorno(quando),
        "ora": _ora(quando),
        "presentata_da": lista.presentata_da or "—",
        "fuori_termine": bool(fine and quando and quando > fine),
        "termine": f"{_ora(fine)} del {_giorno(fine)}" if fine else "",
        "lista": manifesti.lista_contesto(lista, candidati=True, anche_esclusi=True),
        "sindaco": manifesti.persona_contesto(lista.sindaco),
        "documenti": [
            {"titolo": d.get_tipo_display(), "stato": d.get_stato_display(), "nota": d.nota}
            for d in documenti_di(lista)
        ],
        "firme": lista.firme_dichiarate,
        "delegati": delegati(lista),
        "regola_delegati": str(regola_delegati(parametri_di(elezione)) or ""),
        "spese": describe_spese(elezione),
    }
    return produce_atto(
        elezione,
        tipo="ricevuta_lista",
        oggetto=f"lista-{lista.pk}",
        titolo=f"Ricevuta della lista «{lista.denominazione}»"[:200],
        modello="ricevuta_lista",
        contesto=contesto,
        immagini=_immagine(lista),
        azione=Azione.VEDERE_CANDIDATURE,
        by=by,
    )


def produce_notifica(decisione: Decisione, *, by) -> Atto:
    """The letter to the delegates with outcome, reason, names struck and terms."""
    lista = decisione.lista
    esiti = Decisione.Esito
    titoli = {
        esiti.RICUSATA: "Ricusazione della lista",
        esiti.DA_INTEGRARE: "Richiesta di integrazione della lista",
        esiti.AMMESSA: "Ammissione della lista",
        esiti.AMMESSA_CON_ESCLUSIONI: "Ammissione della lista con esclusioni",
    }
    contesto = {
        "comune": decisione.elezione.comune.nome,
        "giorni": giorni_di_voto(decisione.elezione),
        "titolo": titoli[decisione.esito],
        "lista": lista.denominazione,
        "delegati": delegati(lista),
        "giorno": _giorno(decisione.decisa_il),
        "ora": _ora(decisione.decisa_il),
        "esito": f"lista {decisione.get_esito_display()}",
        "motivazione": decisione.motivazione,
        "esclusi": _esclusi(decisione),
        "rilievi": [_rilievo(r) for r in decisione.rilievi if r["gravita"] == "E"],
        "integrare_entro": termini.say_momento(decisione.integrare_entro),
        "rimedi": decisione.esito in (esiti.RICUSATA, esiti.AMMESSA_CON_ESCLUSIONI),
        "presidente": decisione.seduta.presidente if decisione.seduta else None,
    }
    return produce_atto(
        decisione.elezione,
        tipo="notifica_decisione",
        oggetto=f"decisione-{decisione.pk}",
        titolo=f"{titoli[decisione.esito]} «{lista.denominazione}»"[:200],
        modello="notifica_decisione",
        contesto=contesto,
        azione=Azione.VEDERE_CANDIDATURE,
        by=by,
    )


def produce_verbale(seduta: Seduta, *, by) -> Atto:
    """The verbale of a sitting; while it is open, a provisional one."""
    return produce_atto(
        seduta.elezione,
        tipo="verbale_commissione",
        oggetto=f"seduta-{seduta.pk}",
        titolo=f"Verbale della commissione: {seduta.get_tipo_display()}",
        modello="verbale_commissione",
        contesto=verbale_contesto(seduta),
        azione=Azione.VEDERE_CANDIDATURE,
        by=by,
    )


def verbale_contesto(seduta: Seduta) -> dict[str, object]:
    decisioni = list(
        seduta.decisioni.select_related("lista__sindaco", "sindaco")
        .prefetch_related("esclusioni__candidato")
        .order_by("pk")
    )
    audizioni = list(seduta.audizioni.select_related("lista__sindaco"))
    liste = {v.lista.pk: v.lista for v in (*audizioni, *decisioni) if v.lista is not None}
    return {
        "comune": seduta.elezione.comune.nome,
        "giorni": giorni_di_voto(seduta.elezione),
        "tipo": seduta.get_tipo_display().capitalize(),
        "anno": str(timezone.localtime(seduta.aperta_il).year),
        "giorno": _giorno(seduta.aperta_il),
        "ora": _ora(seduta.aperta_il),
        "luogo": seduta.luogo,
        "presidente": seduta.presidente,
        "componenti": seduta.componenti,
        "segretario": seduta.segretario,
        "chiusa": _ora(seduta.chiusa_il),
        "osservazioni": seduta.osservazioni,
        "liste": [
            _lista(
                lista,
                [d for d in decisioni if d.lista_id == lista.pk],
                [a for a in audizioni if a.lista_id == lista.pk],
            )
            for lista in sorted(
                liste.values(), key=lambda v: (v.presentata_il is None, v.presentata_il, v.pk)
            )
        ],
        "sindaci": [
            {
                "nome": str(d.sindaco),
                "ora": _ora(d.decisa_il),
                "esito": "esclusa" if d.esito == Decisione.Esito.RICUSATA else "ammessa",
                "motivazione": d.motivazione,
            }
            for d in decisioni
            if d.sindaco is not None
        ],
        "sorteggi": _sorteggi(seduta),
        "sopravvenienze": _sopravvenienze(seduta),
    }


def _sopravvenienze(seduta: Seduta) -> list[dict[str, str]]:
    """What the sitting takes note of: recorded after the sitting before it and by its own end."""
    fatti = Sopravvenienza.objects.di(seduta.elezione).valide()
    precedente = (
        Seduta.objects.di(seduta.elezione)
        .filter(chiusa_il__lte=seduta.aperta_il)
        .order_by("-chiusa_il")
        .first()
    )
    if precedente:
        fatti = fatti.filter(registrata_il__gt=precedente.chiusa_il)
    if seduta.chiusa_il:
        fatti = fatti.filter(registrata_il__lte=seduta.chiusa_il)
    return [
        {
            "chi": f"{f.chi} ({say_di_chi(f)})",
            "cosa": f.get_tipo_display(),
            "quando": termini.say_momento(f.avvenuta_il),
            "da": f.presentata_da,
            "atto": f.atto,
            "effetto": f"{f.spiegazione} ({f.articolo})",
            "prefetto": f"{f.get_prefetto_display()}: {f.prefetto_atto}" if f.prefetto else "",
        }
        for f in fatti.select_related("lista", "candidato__lista", "sindaco")
    ]


def produce_verbale_sorteggio(elezione: Elezione, *, by) -> Atto:
    """The verbale of the draws of the numbers: who was in the urn, the order, the seed, those present."""
    fatti = SorteggioNumeri.objects.di(elezione).filter(annullato_il__isnull=True).order_by("pk")
    if not fatti:
        raise NonConsentito("Non c'è nessun sorteggio registrato.")
    annullati = SorteggioNumeri.objects.di(elezione).exclude(annullato_il=None).order_by("pk")
    return produce_atto(
        elezione,
        tipo="verbale_sorteggio_numeri",
        titolo="Verbale del sorteggio dei numeri",
        modello="verbale_sorteggio_numeri",
        contesto={
            "comune": elezione.comune.nome,
            "giorni": giorni_di_voto(elezione),
            "sorteggi": _say_sorteggi(fatti),
            "annullati": [
                {"titolo": str(s), "giorno": _giorno(s.annullato_il), "motivo": s.motivo_annullamento}
                for s in annullati
            ],
        },
        azione=Azione.VEDERE_CANDIDATURE,
        by=by,
    )


def _lista(lista: Lista, decisioni: list[Decisione], audizioni: list[Audizione]) -> dict[str, object]:
    rilievi = decisioni[-1].rilievi if decisioni else []
    gravi = sum(r["gravita"] == "E" for r in rilievi)
    return {
        "denominazione": lista.denominazione,
        "sindaco": str(lista.sindaco),
        "presentata": termini.say_momento(lista.presentata_il) or "(giorno e ora non registrati)",
        "verifiche": f"Rilievi gravi: {gravi}; da annotare: {len(rilievi) - gravi}."
        if rilievi
        else "Dall'esame non risultano rilievi.",
        "audizioni": [
            {
                "ora": _ora(a.sentito_il),
                "sentito": a.sentito,
                "deduzioni": a.deduzioni,
                "documenti": a.documenti_nuovi,
            }
            for a in audizioni
        ],
        "rilievi": [_rilievo(r) for r in rilievi],
        "decisioni": [
            {
                "ora": _ora(d.decisa_il),
                "esito": d.get_esito_display(),
                "motivazione": d.motivazione,
                "entro": termini.say_momento(d.integrare_entro),
                "esclusi": _esclusi(d),
            }
            for d in decisioni
        ],
    }


def _sorteggi(seduta: Seduta) -> list[dict[str, object]]:
    """Draws made on the day of the sitting, from its opening on."""
    righe = SorteggioNumeri.objects.di(seduta.elezione).filter(
        annullato_il__isnull=True, eseguito_il__gte=seduta.aperta_il
    )
    if seduta.chiusa_il:
        righe = righe.filter(eseguito_il__lte=seduta.chiusa_il)
    return _say_sorteggi(righe)


def _say_sorteggi(righe) -> list[dict[str, object]]:
    trovati = []
    for sorteggio in righe.select_related("sindaco"):
        etichette = {
            int(riga.rsplit("[", 1)[1].rstrip("]")): riga.rsplit(" [", 1)[0] for riga in sorteggio.elenco
        }
        trovati.append(
            {
                "giorno": _giorno(sorteggio.eseguito_il),
                "ora": _ora(sorteggio.eseguito_il),
                "elenco": [riga.rsplit(" [", 1)[0] for riga in sorteggio.elenco],
                "presenti": sorteggio.presenti,
                "titolo": f"liste di {sorteggio.sindaco}"
                if sorteggio.sindaco
                else sorteggio.get_oggetto_display(),
                "modalita": sorteggio.get_modalita_display(),
                "seme": sorteggio.seme,
                "impronta": freeze_elenco(sorteggio.elenco).impronta[:16],
                "ordine": [etichette[pk] for pk in sorteggio.ordine],
            }
        )
    return trovati


def delegati(lista: Lista) -> list[str]:
    return [f"{d} ({d.get_ruolo_display()})" for d in lista.delegati.order_by("pk")]


def _esclusi(decisione: Decisione) -> list[dict[str, object]]:
    return [
        {"numero": e.candidato.numero, "nome": str(e.candidato), "motivo": e.motivo}
        for e in sorted(decisione.esclusioni.all(), key=lambda e: e.candidato.numero)
    ]


def _rilievo(rilievo: dict) -> dict[str, str]:
    entro = rilievo.get("entro")
    return {
        "codice": rilievo["codice"],
        "testo": rilievo["testo"],
        "articolo": rilievo["articolo"],
        "entro": termini.say_momento(datetime.fromisoformat(entro)) if entro else "no",
    }


def _immagine(lista: Lista) -> dict[str, bytes]:
    contenuto = manifesti.read_immagine(lista)
    return {f"lista-{lista.pk}.png": contenuto} if contenuto else {}


def _giorno(momento) -> str:
    return f"{timezone.localtime(momento):%d/%m/%Y}" if momento else ""


def _ora(momento) -> str:
    return f"{timezone.localtime(momento):%H:%M}" if momento else ""
