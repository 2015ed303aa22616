"""What the public reads of an election, as one JSON object: page, API and static files say the same."""

from django.utils import timezone

from comuni.models import Elezione
from electoral.documenti import impronta
from electoral.templatetags.urna import giorni_di_voto
from portale.sezioni import tabelle_sezioni
from risultati.models import (
    Affluenza,
    Proclamazione,
    Riparto,
    Scrutinio,
    VotiLista,
    VotiPreferenza,
    VotiSindaco,
)
from risultati.passi import build_passi
from risultati.prospetto import build_prospetto, percento
from risultati.stato import stato_turni
from risultati.stato_cifre import describe_cifre

FORMATO = 1
LICENZA = {"nome": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.it"}


def build_risultati(elezione: Elezione) -> dict:
    """Proclaimed: from the frozen snapshot. Before: what is definitive now, and it says so."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    riparto = proclamazione.riparto if proclamazione else Riparto.objects.corrente(elezione)
    stati = stato_turni(elezione)
    risultati = {
        "formato": FORMATO,
        "elezione": describe_elezione(elezione),
        "stato": _stato(proclamazione, riparto, stati),
        "turni": [_turno(s) for s in stati.values() if s.turno == 1 or s.is_iniziato],
        "affluenza": _affluenza(elezione),
        "sezioni": tabelle_sezioni(elezione),
        "licenza": LICENZA,
        "errata": [
            {"testo": e.testo, "il": timezone.localtime(e.scritto_il).isoformat(timespec="minutes")}
            for e in elezione.errata.all()
        ],
        "esito": None,
    }
    if riparto and (proclamazione or not riparto.parziale):
        istantanea = (
            proclamazione.istantanea if proclamazione else {"dati": riparto.dati, "esito": riparto.esito}
        )
        risultati["esito"] = {
            "prospetto": build_prospetto(istantanea["dati"], istantanea["esito"]),
            "passi": build_passi(istantanea["dati"], istantanea["esito"]),
            "impronta_dati": impronta(istantanea["dati"]),
            "impronta_proclamazione": proclamazione.impronta if proclamazione else "",
        }
    return risultati


def describe_elezione(elezione: Elezione) -> dict:
    comune = elezione.comune
    return {
        "slug": elezione.slug,
        "comune": comune.nome,
        "provincia": comune.provincia,
        "regione": comune.regione,
        "data": elezione.data.isoformat(),
        "giorni": giorni_di_voto(elezione),
        "data_ballottaggio": elezione.data_ballottaggio.isoformat() if elezione.data_ballottaggio else None,
        "sistema": elezione.sistema,
        "ordinamento": elezione.ordinamento,
        "seggi_consiglio": elezione.seggi_consiglio,
        "fonte": elezione.fonte,
    }


def _stato(proclamazione, riparto, stati) -> dict:
    """How sure the figures are, and of when."""
    cifre = describe_cifre(stati, proclamazione=proclamazione, riparto=riparto)
    return {
        "testo": cifre.testo,
        "dati": cifre.dati,
        "proclamata": proclamazione is not None,
        "aggiornato_al": timezone.localtime(cifre.quando).isoformat(timespec="minutes"),
    }


def _turno(stato) -> dict:
    return {
        "turno": stato.turno,
        "nome": "Primo turno" if stato.turno == 1 else "Ballottaggio",
        "sezioni": stato.sezioni if stato.per_sezione else None,
        "sezioni_definitive": stato.definitive if stato.per_sezione else None,
        "elettori": stato.elettori,
        "votanti": stato.votanti,
        "affluenza": percento(stato.votanti, stato.elettori),
        "voti_validi": stato.voti_validi,
        "schede_bianche": stato.schede_bianche,
        "schede_nulle": stato.schede_nulle,
        "contestate_non_attribuite": stato.contestate_non_attribuite,
    }


def _affluenza(elezione: Elezione) -> list[dict]:
    """Turnout at the hours, by section sums or the total of the comune."""
    righe: dict[tuple[int, str], int] = {}
    for turno, rilevazione, votanti in (
        Affluenza.objects.di(elezione)
        .filter(votanti__isnull=False)
        .order_by("turno", "pk")
        .values_list("turno", "rilevazione", "votanti")
    ):
        righe[turno, rilevazione] = righe.get((turno, rilevazione), 0) + votanti
    return [{"turno": t, "rilevazione": r, "votanti": n} for (t, r), n in righe.items()]


def build_dati_riparto(elezione: Elezione) -> dict | None:
    """The input of the engine, to recompute everything (see ``verifica.py``), with the published outcome."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    riparto = None if proclamazione else Riparto.objects.corrente(elezione)
    if proclamazione:
        dati, esito = proclamazione.istantanea["dati"], proclamazione.istantanea["esito"]
    elif riparto and not riparto.parziale:
        dati, esito = riparto.dati, riparto.esito
    else:
        return None
    campi = ("esito", "sindaco", "turno", "premio", "seggi_consiglio", "seggi_per_lista")
    campi += ("consiglieri_sindaci", "eletti", "non_eletti")
    return {
        "formato": FORMATO,
        "elezione": elezione.slug,
        "impronta_dati": impronta(dati),
        "dati": dati,
        "esito": {campo: esito[campo] for campo in campi},
    }


def righe_sezioni(elezione: Elezione) -> list[dict]:
    """Counts by section: ballots, then every vote, one row each kind."""
    definitivi = Scrutinio.objects.di(elezione).definitivi().select_related("sezione")
    return [
        {
            "turno": s.turno,
            "sezione": s.sezione.numero if s.sezione else "",
            "elettori": s.elettori,
            "votanti": s.votanti,
            "voti_validi": s.voti_validi,
            "schede_bianche": s.schede_bianche,
            "schede_nulle": s.schede_nulle,
            "contestate_non_attribuite": s.contestate_non_attribuite,
        }
        for s in definitivi.order_by("turno", "sezione__numero")
    ]


def righe_voti(elezione: Elezione, modello: type) -> list[dict]:
    """Votes of one kind by section."""
    colonne = {
        VotiSindaco: {"sindaco": "sindaco__numero", "voti": "voti", "solo_sindaco": "solo_sindaco"},
        VotiLista: {"lista": "lista__numero", "voti": "voti"},
        VotiPreferenza: {
            "lista": "candidato__lista__numero",
            "candidato": "candidato__numero",
            "preferenze": "preferenze",
        },
    }[modello]
    righe = (
        modello.objects.filter(scrutinio__elezione=elezione, scrutinio__stato=Scrutinio.Stato.DEFINITIVO)
        .order_by("scrutinio__turno", "scrutinio__sezione__numero", *list(colonne.values())[:-1])
        .values_list("scrutinio__turno", "scrutinio__sezione__numero", *colonne.values())
    )
    return [dict(zip(("turno", "sezione", *colonne), riga, strict=True)) for riga in righe]
