"""The days of the vote in the demonstration: offices, draw, nominations, turnout, a night half-way through.

Everything goes through the functions that the pages call, so that each page has what it would have.
"""

from datetime import date, timedelta
from itertools import pairwise

from comuni.models import Elezione, Sezione
from electoral.models import Utente
from risultati.affluenza import register_invio
from risultati.caselle import Modulo, build_modulo
from risultati.chiusura import close_digitazione
from risultati.digitazione import get_scrutinio, open_digitazione, save_passo
from risultati.generazione import generate_scrutini, invented_celle
from risultati.models import Affluenza, Scrutinio
from risultati.rilevazioni import rilevazioni
from risultati.ufficio_generato import LUOGO, SEME, momento
from seggi import nomine, sorteggi
from seggi.insediamento import RigaVerbale, record_insediamento
from seggi.luoghi import create_uffici
from seggi.materiale import hand_over_all, prepare_consegne
from seggi.models import Iscritto, Luogo, Nomina, Rappresentante, RuoloUfficio, Ufficio
from seggi.nomine import nominate_in_ordine, posti_scoperti
from seggi.riserve import replace_from_graduatoria
from seggi.uffici import set_up_uffici

ALBI = {Iscritto.Albo.PRESIDENTI: 60, Iscritto.Albo.SCRUTATORI: 320}
DIPLOMA = 3
RISERVE = 40
INVENTATO = {"nome": "Prova", "sesso": "F", "data_nascita": date(1985, 5, 1), "luogo_nascita": LUOGO}


def fill_seggi(elezione: Elezione, *, by: Utente) -> None:
    """Registers, offices, the draw, who was notified and accepted, who renounced, the material."""
    set_up_uffici(elezione)
    presidenti, scrutatori = (_fill_albo(elezione, albo, quanti) for albo, quanti in ALBI.items())
    posti = len(posti_scoperti(elezione, ruolo=RuoloUfficio.PRESIDENTE))
    metodo = Nomina.Metodo.CORTE_APPELLO
    ruolo = RuoloUfficio.PRESIDENTE
    nominate_in_ordine(elezione, iscritti=presidenti[:posti], ruolo=ruolo, metodo=metodo, by=by)
    sorteggio = sorteggi.publish_elenco(
        elezione,
        iscritti=scrutatori,
        posti=len(posti_scoperti(elezione, ruolo=RuoloUfficio.SCRUTATORE)),
        riserve=RISERVE,
        quando=momento(elezione, -23, 9),
        by=by,
    )
    sorteggi.execute_sorteggio(
        sorteggio,
        seme=SEME,
        origine_seme="quattro dadi",
        presenti="la commissione generata",
        quando=momento(elezione, -21, 10),
        by=by,
    )
    _notify(elezione, by=by)
    _luogo_di_cura(elezione)
    prepare_consegne(elezione)
    _install(elezione, by=by)
    _rappresentanti(elezione)


def _fill_albo(elezione: Elezione, albo: str, quanti: int) -> list[Iscritto]:
    esistenti = Iscritto.objects.filter(
        comune=elezione.comune, albo=albo, cognome__startswith="PERSONA GENERATA"
    )
    if not esistenti.exists():
        righe = [
            Iscritto(
                comune=elezione.comune,
                albo=albo,
                numero_albo=n,
                cognome=f"PERSONA GENERATA {n:04d}",
                nome="Presidente" if albo == Iscritto.Albo.PRESIDENTI else "Scrutatore",
                sesso="MF"[n % 2],
                data_nascita=date(1970, 1, 1) + timedelta(31 * n % 9_000),
                luogo_nascita=LUOGO,
                titolo_studio=DIPLOMA,
                indirizzo=f"via generata {n}",
            )
            for n in range(1, quanti + 1)
        ]
        for riga in righe:
            riga.set_chiave()
        Iscritto.objects.bulk_create(righe)
    return list(esistenti.order_by("numero_albo"))


def _notify(elezione: Elezione, *, by: Utente) -> None:
    """Nearly everybody was notified and accepted; two renounced, and the reserves took their posts."""
    notificate, accettate = momento(elezione, -19, 9), momento(elezione, -18, 9)
    tutte = Nomina.objects.di(elezione).attive()
    tutte.update(notifica="messo", notificato_il=notificate, stato=Nomina.Stato.NOTIFICATO)
    da_lasciare = list(tutte.order_by("-pk").values_list("pk", flat=True)[:6])
    tutte.exclude(pk__in=da_lasciare).update(accettato_il=accettate, stato=Nomina.Stato.ACCETTATO)
    for nomina in Nomina.objects.filter(pk__in=da_lasciare[:2]):
        replace_from_graduatoria(nomina, motivo="impedimento (motivo generato)", by=by, quando=accettate)


def _luogo_di_cura(elezione: Elezione) -> None:
    luogo = Luogo.objects.create(
        elezione=elezione,
        nome="Casa di cura generata",
        posti_letto=120,
        sezione_madre=elezione.sezioni.get(numero=3),
    )
    create_uffici(luogo)
    set_up_uffici(elezione)


def _install(elezione: Elezione, *, by: Utente) -> None:
    """The offices sat down on the Saturday: in one a scrutatore was absent and another took the post."""
    quando = momento(elezione, -1, 16)
    uffici = Ufficio.objects.di(elezione).con_posti().filter(sezione__sezione_madre=None)
    for n, ufficio in enumerate(uffici.select_related("sezione").order_by("sezione__numero"), 1):
        hand_over_all(ufficio, by=by, quando=quando)
        righe = [
            RigaVerbale(
                ruolo=RuoloUfficio.SEGRETARIO,
                posizione=1,
                presente=False,
                cooptato={"cognome": f"SEGRETARIO GENERATO {n}", **INVENTATO},
            )
        ]
        for posto in range(1, ufficio.scrutatori + 1):
            assente = (n, posto) == (5, ufficio.scrutatori)
            cooptato = {"cognome": "COOPTATO GENERATO 1", **INVENTATO} if assente else None
            righe.append(
                RigaVerbale(
                    ruolo=RuoloUfficio.SCRUTATORE,
                    posizione=posto,
                    presente=not assente,
                    vice=posto == 1,
                    cooptato=cooptato,
                )
            )
        record_insediamento(ufficio, righe=righe, quando=quando, by=by)
    nomine.Nomina.objects.di(elezione).attive().filter(ruolo=RuoloUfficio.PRESIDENTE).update(
        stato=Nomina.Stato.ACCETTATO
    )


def _rappresentanti(elezione: Elezione) -> None:
    liste = [str(lista) for lista in elezione.liste.order_by("numero")[:3]]
    for n, sezione in enumerate(elezione.sezioni.filter(sezione_madre=None).order_by("numero")[:12], 1):
        Rappresentante.objects.create(
            elezione=elezione,
            sezione=sezione,
            lista=liste[n % len(liste)],
            qualita=Rappresentante.Qualita.EFFETTIVO,
            cognome=f"RAPPRESENTANTE GENERATO {n}",
            nome="Prova",
            designato_il=momento(elezione, -3, 11),
            modo="pec",
        )


def fill_notte(elezione: Elezione, *, chi: list[Utente]) -> None:
    """Most sections are in; one waits for a second reading, one has two that differ, one has an error."""
    prima, seconda = chi
    numeri = list(elezione.sezioni.con_risultati().order_by("numero").values_list("numero", flat=True))
    generate_scrutini(elezione, sezioni=numeri[9:-3])
    Elezione.objects.filter(pk=elezione.pk).update(digitazione=Elezione.Digitazione.DOPPIA)
    elezione.refresh_from_db()
    modulo = build_modulo(elezione, 1)
    aperte = Sezione.objects.filter(elezione=elezione, numero__in=numeri[4:9]).order_by("numero")
    sola, divergente, errata, iniziata, altra = aperte
    _type(sola, modulo, by=prima)
    _close(sola, modulo, by=prima)
    _type(divergente, modulo, by=prima)
    _close(divergente, modulo, by=prima)
    _type(divergente, modulo, by=seconda, scambia=True)
    _close(divergente, modulo, by=seconda)
    _type(errata, modulo, by=prima, sbaglia=True)
    _close(errata, modulo, by=prima)
    _type(iniziata, modulo, by=prima, passi=2)
    _type(altra, modulo, by=seconda, passi=1)
    _affluenze(elezione, numeri, by=prima)


def _type(
    sezione: Sezione,
    modulo: Modulo,
    *,
    by: Utente,
    passi: int | None = None,
    scambia: bool = False,
    sbaglia: bool = False,
) -> None:
    """Confirm the steps with generated figures; ``scambia`` swaps two preferences, ``sbaglia`` a total."""
    cifre = invented_celle(sezione, modulo)
    if scambia:
        uno, due = _due_diverse(modulo, cifre)
        cifre[uno], cifre[due] = cifre[due], cifre[uno]
    if sbaglia:
        cifre["schede_nulle"] = (cifre["schede_nulle"] or 0) + 10
    for passo in modulo.passi[:passi]:
        digitazione = open_digitazione(_scrutinio(sezione, modulo), by=by)
        save_passo(digitazione, passo, {campo: cifre.get(campo) for campo in passo.campi}, versione=0, by=by)


def _due_diverse(modulo: Modulo, cifre) -> tuple[str, str]:
    """The boxes of two candidates one after the other, with different figures."""
    lista = modulo.liste[0][0]
    numeri = [numero for numero, _, _ in modulo.candidati[lista]]
    caselle = [f"preferenze.{lista}.{numero}" for numero in numeri]
    return next((a, b) for a, b in pairwise(caselle) if cifre[a] != cifre[b])


def _close(sezione: Sezione, modulo: Modulo, *, by: Utente) -> None:
    digitazione = open_digitazione(_scrutinio(sezione, modulo), by=by)
    close_digitazione(digitazione, modulo, motivi={}, by=by)


def _scrutinio(sezione: Sezione, modulo: Modulo) -> Scrutinio:
    return Scrutinio.objects.get(pk=get_scrutinio(sezione, modulo.turno).pk)


def _affluenze(elezione: Elezione, numeri: list[int], *, by: Utente) -> None:
    """The sections not yet counted sent their turnout too, all but one at the closing."""
    ore = rilevazioni(elezione, 1)
    modulo = build_modulo(elezione, 1)
    gia = Affluenza.objects.filter(elezione=elezione, turno=1).values("sezione")
    for sezione in elezione.sezioni.con_risultati().exclude(pk__in=gia):
        cifre = invented_celle(sezione, modulo)
        for i, ora in enumerate(ore, 1):
            if ora.is_chiusura and sezione.numero == numeri[-1]:
                continue
            maschi, femmine = (round((cifre[v] or 0) * i / len(ore)) for v in ("votanti_m", "votanti_f"))
            Affluenza.objects.create(
                elezione=elezione,
                turno=1,
                rilevazione=ora.codice,
                sezione=sezione,
                votanti=maschi + femmine,
                votanti_m=maschi if ora.is_chiusura else None,
                votanti_f=femmine if ora.is_chiusura else None,
                versione=1,
                aggiornata_da=by,
                aggiornata_il=momento(elezione, 0, 12),
            )
    for ora in ore[:-1]:
        register_invio(elezione, 1, ora, by=by, inviato_il=ora.momento + timedelta(0, 900))
