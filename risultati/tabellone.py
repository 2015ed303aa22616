"""The board of the night: tiles of the sections, live totals of the definitive ones, margins."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from candidature.models import CandidatoSindaco, Lista
from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from risultati.affluenza import rilevazioni, totale
from risultati.ballottaggio import sindaci_del_turno
from risultati.margini import Margine, margini_sindaco
from risultati.models import Affluenza, Scrutinio, VotiLista, VotiSindaco
from risultati.stati import Stato

FILTRI = {
    "mancanti": "mancanti",
    "avvisi": "con avvisi",
    "errori": "con errori",
    "difformi": "da confrontare",
}


@dataclass(frozen=True, slots=True)
class Tessera:
    """One section: number, state, findings."""

    numero: int
    plesso: str
    stato: str
    avvisi: int
    elettori: int

    @property
    def classe(self) -> str:
        return "avvisi" if self.stato == Stato.DEFINITIVO and self.avvisi else self.stato

    def passes(self, filtro: str, plesso: str) -> bool:
        if plesso and self.plesso != plesso:
            return False
        return {
            "mancanti": self.stato != Stato.DEFINITIVO,
            "avvisi": self.avvisi > 0,
            "errori": self.stato == Stato.CON_ERRORI,
            "difformi": self.stato == Stato.DIFFORME,
        }.get(filtro, True)


@dataclass(frozen=True, slots=True)
class VotiMostrati:
    """One row of the totals, with its share."""

    numero: int
    nome: str
    voti: int
    totale: int

    @property
    def larghezza(self) -> int:
        return 1000 * self.voti // self.totale if self.totale else 0


@dataclass(frozen=True, slots=True)
class Tabellone:
    """All that the board shows, from the definitive sections only."""

    tessere: tuple[Tessera, ...]
    sindaci: tuple[VotiMostrati, ...]
    liste: tuple[VotiMostrati, ...]
    margini: tuple[Margine, ...]
    schede: dict[str, int]

    @property
    def definitive(self) -> int:
        return sum(t.stato == Stato.DEFINITIVO for t in self.tessere)

    @property
    def sezioni(self) -> int:
        return len(self.tessere)

    @property
    def quante(self) -> dict[str, int]:
        """How many tiles each filter keeps."""
        return {filtro: sum(t.passes(filtro, "") for t in self.tessere) for filtro in FILTRI}

    @property
    def plessi(self) -> list[str]:
        return sorted({t.plesso for t in self.tessere if t.plesso})


def build_tabellone(elezione: Elezione, turno: int) -> Tabellone:
    """The board with a fixed number of queries, from 5 sections to 2,603."""
    tessere = tuple(_tessere(elezione, turno))
    sindaci = _somme_sindaci(elezione, turno)
    return Tabellone(
        tessere,
        sindaci,
        _somme_liste(elezione) if turno == 1 else (),
        tuple(
            margini_sindaco(
                sindaci, parametri_di(elezione), turno, residui=_residui(elezione, turno, tessere)
            )
        ),
        _schede(elezione, turno),
    )


def _tessere(elezione: Elezione, turno: int):
    stati = {
        sezione: (stato, avvisi)
        for sezione, stato, avvisi in Scrutinio.objects.di(elezione)
        .filter(turno=turno, sezione__isnull=False)
        .order_by()
        .values_list("sezione_id", "stato")
        .annotate(avvisi=Count("rilievi"))
    }
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    righe = sezioni.values_list("pk", "numero", "plesso", "elettori_m", "elettori_f")
    for pk, numero, plesso, uomini, donne in righe:
        stato, avvisi = stati.get(pk, (Stato.ATTESA.value, 0))
        yield Tessera(numero, plesso, stato, avvisi, (uomini or 0) + (donne or 0))


def _definitivi(elezione: Elezione, turno: int) -> Q:
    return Q(scrutinio__elezione=elezione, scrutinio__turno=turno, scrutinio__stato=Stato.DEFINITIVO)


def _somme_sindaci(elezione: Elezione, turno: int) -> tuple[VotiMostrati, ...]:
    somme = dict(
        VotiSindaco.objects.filter(_definitivi(elezione, turno))
        .order_by()
        .values_list("sindaco_id")
        .annotate(Sum("voti"))
    )
    in_corsa: list[CandidatoSindaco] = sindaci_del_turno(elezione, turno)
    totale_voti = sum(somme.values())
    righe = [VotiMostrati(s.numero, str(s), somme.get(s.pk, 0), totale_voti) for s in in_corsa]
    return tuple(sorted(righe, key=lambda riga: (-riga.voti, riga.numero)))


def _somme_liste(elezione: Elezione) -> tuple[VotiMostrati, ...]:
    somme = dict(
        VotiLista.objects.filter(_definitivi(elezione, 1))
        .order_by()
        .values_list("lista_id")
        .annotate(Sum("voti"))
    )
    if not somme:
        return ()
    totale_voti = sum(somme.values())
    righe = Lista.objects.di(elezione).in_corsa().values_list("pk", "numero", "denominazione")
    mostrate = [VotiMostrati(numero, nome, somme.get(pk, 0), totale_voti) for pk, numero, nome in righe]
    return tuple(sorted(mostrate, key=lambda riga: (-riga.voti, riga.numero)))


def _schede(elezione: Elezione, turno: int) -> dict[str, int]:
    campi = ("votanti", "voti_validi", "schede_bianche", "schede_nulle", "contestate_non_attribuite")
    somme = (
        Scrutinio.objects.di(elezione)
        .filter(turno=turno, stato=Stato.DEFINITIVO, sezione__isnull=False)
        .aggregate(**{campo: Sum(F(campo)) for campo in campi})
    )
    return {campo: somme[campo] or 0 for campo in campi}


def _residui(elezione: Elezione, turno: int, tessere: tuple[Tessera, ...]) -> int | None:
    """Votes still possible: voters of the missing sections where known, else their electors.

    None when neither is known: then nothing can be said.
    """
    chiusura = rilevazioni(elezione, turno)[-1].codice
    righe = Affluenza.objects.di(elezione).filter(turno=turno, rilevazione=chiusura, sezione__isnull=False)
    votanti = {riga.sezione.numero: totale(riga) for riga in righe.select_related("sezione")}
    somma = 0
    for tessera in tessere:
        if tessera.stato == Stato.DEFINITIVO:
            continue
        possibili = votanti.get(tessera.numero)
        if possibili is None:
            possibili = tessera.elettori
        if not possibili and tessera.numero not in votanti:
            return None
        somma += possibili
    return somma


def firma_tabellone(elezione: Elezione, turno: int) -> str:
    """Changes whenever a section changes: the board is not built again for a screen that has it already."""
    somma = Scrutinio.objects.di(elezione).filter(turno=turno).aggregate(n=Count("pk"), v=Sum("versione"))
    return f"{elezione.pk}-{turno}-{somma['n']}-{somma['v'] or 0}"
