"""Long jobs of the offices: the draw over a great register, the papers of many people or sections.

Each is safe to run twice: a draw already made is left as it is, an act already produced is given back.
"""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.urls import reverse

from comuni.models import Atto, Elezione, Sezione
from electoral.lavori import ErroreLavoro, lavoro, request_lavoro, set_avanzamento
from electoral.models import Lavoro
from seggi import documenti, documenti_compensi, documenti_sezione, sorteggi
from seggi.models import Nomina, SorteggioScrutatori

SORTEGGIO, CARTE = "sorteggio_scrutatori", "carte_seggi"
#: Sections in one PDF of forms: a city's are too many for one file, and each file is a step that shows.
SEZIONI_PER_FILE = 100


def chiave_sorteggio(sorteggio: SorteggioScrutatori) -> str:
    return f"{SORTEGGIO}:{sorteggio.pk}"


def request_sorteggio(sorteggio: SorteggioScrutatori, *, dati: dict[str, str], by=None) -> Lavoro:
    """Queue the draw with the seed named in public; while one is open another seed is not taken."""
    return request_lavoro(
        SORTEGGIO,
        parametri={"sorteggio": sorteggio.pk, **dati},
        by=by,
        chiave=chiave_sorteggio(sorteggio),
        comune_pk=sorteggio.elezione.comune_id,
    )


@lavoro(SORTEGGIO)
def run_job_sorteggio(riga: Lavoro) -> dict:
    dati = {nome: riga.parametri[nome] for nome in ("seme", "origine_seme", "presenti")}
    sorteggio = SorteggioScrutatori.objects.select_related("elezione__comune").get(
        pk=riga.parametri["sorteggio"]
    )
    set_avanzamento(riga, 10, "Estrazione e nomine")
    if sorteggio.eseguito_il is None or sorteggio.seme != dati["seme"].strip():
        try:
            sorteggi.execute_sorteggio(sorteggio, by=riga.richiesto_da, **dati)
        except ValidationError as errore:
            raise ErroreLavoro(" ".join(errore.messages)) from errore
    return {"sorteggio": sorteggio.pk}


def chiave_carte(elezione: Elezione, che: str) -> str:
    return f"{CARTE}:{che}:{elezione.pk}"


def request_carte(
    elezione: Elezione, *, che: str, by=None, turno: int = 1, sito: str = "", nomine: Sequence[int] = ()
) -> Lavoro:
    """Queue the papers of every section («tabelle», «comunicazioni», «etichette») or of these nominations.

    ``sito`` is the address the codes on the papers begin with.
    """
    return request_lavoro(
        CARTE,
        parametri={
            "elezione": elezione.pk,
            "che": che,
            "turno": turno,
            "sito": sito,
            "nomine": list(nomine),
        },
        by=by,
        chiave=chiave_carte(elezione, che),
        comune_pk=elezione.comune_id,
    )


@lavoro(CARTE)
def run_job_carte(riga: Lavoro) -> dict:
    elezione = Elezione.objects.select_related("comune").get(pk=riga.parametri["elezione"])
    produce = _produce_persone if riga.parametri["che"] in PERSONE else _produce_sezioni
    try:
        atti = [atto.numero for atto in produce(riga, elezione)]
    except ValidationError as errore:
        raise ErroreLavoro(" ".join(errore.messages)) from errore
    return {"atti": atti}


def _lettere(elezione: Elezione, nomine: Sequence[Nomina], by) -> Atto:
    return documenti.produce_lettere(elezione, nomine=nomine, by=by)


def _attestati(elezione: Elezione, nomine: Sequence[Nomina], by) -> Atto:
    return documenti_compensi.produce_attestati(elezione, nomine, pagamento=False, by=by)


PERSONE: dict[str, Callable[[Elezione, Sequence[Nomina], object], Atto]] = {
    "lettere": _lettere,
    "attestati": _attestati,
}


def _produce_persone(riga: Lavoro, elezione: Elezione) -> Iterator[Atto]:
    """One act with a page for each of the nominations still in force."""
    scelte = list(Nomina.objects.di(elezione).attive().per_lettere().filter(pk__in=riga.parametri["nomine"]))
    set_avanzamento(riga, 5, f"Pagine da comporre: {len(scelte)}")
    yield PERSONE[riga.parametri["che"]](elezione, scelte, riga.richiesto_da)


def pagina_di(elezione: Elezione, *, che: str, turno: int, sito: str) -> Callable[[int], str]:
    """The address in the code of each section: its office for the labels, else its count."""
    if che == "etichette":
        return lambda numero: urljoin(sito, reverse("seggi:ufficio", args=[elezione.slug, numero]))
    return lambda numero: urljoin(sito, reverse("giornata:sezione", args=[elezione.slug, turno, numero]))


def produce_moduli(
    elezione: Elezione, *, che: str, turno: int = 1, sito: str, fra: tuple[int, int] | None = None, by=None
) -> Atto:
    """Labels, tally sheets or blank communications; ``fra`` are the first and last section, both included.

    «casi», the table of the valid ballots, is one for all of them.
    """
    if che == "casi":
        return documenti_sezione.produce_casi(elezione, turno=turno, by=by)
    pagina = pagina_di(elezione, che=che, turno=turno, sito=sito)
    if che == "etichette":
        return documenti.produce_etichette(elezione, pagina_di=pagina, fra=fra, by=by)
    produce = documenti_sezione.PRODUCE[che]
    return produce(elezione, pagina_di=pagina, turno=turno, fra=fra, by=by)


def _produce_sezioni(riga: Lavoro, elezione: Elezione) -> Iterator[Atto]:
    che, turno, sito = (riga.parametri[nome] for nome in ("che", "turno", "sito"))
    sezioni = Sezione.objects.di(elezione)
    if che != "etichette":
        sezioni = sezioni.con_risultati()
    numeri = list(sezioni.order_by("numero").values_list("numero", flat=True))
    gruppi = [numeri[n : n + SEZIONI_PER_FILE] for n in range(0, len(numeri), SEZIONI_PER_FILE)]
    for fatti, gruppo in enumerate(gruppi):
        set_avanzamento(riga, 100 * fatti // len(gruppi), f"Sezioni dalla {gruppo[0]} alla {gruppo[-1]}")
        fra = (gruppo[0], gruppo[-1]) if len(gruppi) > 1 else None
        yield produce_moduli(elezione, che=che, turno=turno, sito=sito, fra=fra, by=riga.richiesto_da)
