"""The board of the night: tiles of the sections, live totals of the definitive ones, margins."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from candidature.models import CandidatoSindaco, Lista
from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from risultati.affluenza import totale
from risultati.ballottaggio import sindaci_del_turno
from risultati.margini import Margine, Residui, margini_sindaco
from risultati.models import Affluenza, Proclamazione, Riparto, Scrutinio, VotiLista, VotiSindaco
from risultati.proiezione import Proiezione, build_proiezione
from risultati.rilevazioni import rilevazioni
from risultati.stati import Stato
from risultati.stato import StatoTurno, stato_turni
from risultati.stato_cifre import StatoCifre, describe_cifre

FILTRI = {
    "mancanti": "mancanti",
    "avvisi": "con avvisi",
    "errori": "con errori",
    "difformi": "da confrontare",
}
_ERRORE_APERTO = Q(rilievi__codice__startswith="E", rilievi__deciso_il=None)
"""Nobody has said why the figure stays: only a section that came from a file is definitive with one."""


@dataclass(frozen=True, slots=True)
class Tessera:
    """One section: number, state, findings."""

    numero: int
    plesso: str
    stato: str
    avvisi: int
    errori: int
    elettori: int | None

    @property
    def classe(self) -> str:
        if self.stato != Stato.DEFINITIVO:
            return self.stato
        return "con_errori" if self.errori else "avvisi" if self.avvisi else self.stato

    def passes(self, filtro: str, plesso: str) -> bool:
        if plesso and self.plesso != plesso:
            return False
        return {
            "mancanti": self.stato != Stato.DEFINITIVO,
            "avvisi": self.avvisi > 0,
            "errori": self.stato == Stato.CON_ERRORI or self.errori > 0,
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
    schede: dict[str, int | None]
    cifre: StatoCifre
    proiezione: Proiezione | None = None
    solo_totali: bool = False

    @property
    def definitive(self) -> int:
        return sum(t.stato == Stato.DEFINITIVO for t in self.tessere)

    @property
    def sezioni(self) -> int:
        return len(self.tessere)

    @property
    def is_completo(self) -> bool:
        return self.solo_totali or self.definitive == self.sezioni

    @property
    def domande(self) -> tuple[Margine, ...]:
        """Can it still change? First the sindaco, then the seats."""
        return (*self.margini, self.proiezione.margine) if self.proiezione else self.margini

    @property
    def quante(self) -> dict[str, int]:
        """How many tiles each filter keeps."""
        return {filtro: sum(t.passes(filtro, "") for t in self.tessere) for filtro in FILTRI}

    @property
    def plessi(self) -> list[str]:
        return sorted({t.plesso for t in self.tessere if t.plesso})


def build_tabellone(elezione: Elezione, turno: int) -> Tabellone:
    """The board with a fixed number of queries, from 5 sections to 2,603."""
    stati = stato_turni(elezione)
    stato = stati[turno]
    solo_totali = stato.definitive > 0 and not stato.per_sezione
    tessere = tuple(_tessere(elezione, turno))
    schede = _schede(stato)
    residui = Residui()
    if not solo_totali:
        residui = _residui(elezione, turno, tessere, contestate=schede["contestate_non_attribuite"] or 0)
    sindaci = _somme_sindaci(elezione, turno)
    return Tabellone(
        tessere,
        sindaci,
        _somme_liste(elezione) if turno == 1 else (),
        tuple(margini_sindaco(sindaci, parametri_di(elezione), turno, residui=residui)),
        schede,
        _cifre(elezione, stato),
        build_proiezione(elezione, turno, stati=stati, residui=residui),
        solo_totali,
    )


def _cifre(elezione: Elezione, stato: StatoTurno) -> StatoCifre:
    return describe_cifre(
        {stato.turno: stato},
        proclamazione=Proclamazione.objects.dell_elezione(elezione),
        riparto=Riparto.objects.corrente(elezione),
    )


def _tessere(elezione: Elezione, turno: int):
    stati = {
        sezione: (stato, avvisi, errori)
        for sezione, stato, avvisi, errori in Scrutinio.objects.di(elezione)
        .filter(turno=turno, sezione__isnull=False)
        .order_by()
        .values_list("sezione_id", "stato")
        .annotate(avvisi=Count("rilievi"), errori=Count("rilievi", filter=_ERRORE_APERTO))
    }
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    righe = sezioni.values_list("pk", "numero", "plesso", "elettori_m", "elettori_f")
    for pk, numero, plesso, uomini, donne in righe:
        stato, avvisi, errori = stati.get(pk, (Stato.ATTESA.value, 0, 0))
        elettori = None if uomini is None and donne is None else (uomini or 0) + (donne or 0)
        yield Tessera(numero, plesso, stato, avvisi, errori, elettori or None)


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


def _schede(stato: StatoTurno) -> dict[str, int | None]:
    """Sums of the ballots; before the first definitive section they are zero, not unknown."""
    campi = ("votanti", "voti_validi", "schede_bianche", "schede_nulle", "contestate_non_attribuite")
    return {campo: getattr(stato, campo) if stato.is_iniziato else 0 for campo in campi}


def _residui(elezione: Elezione, turno: int, tessere: tuple[Tessera, ...], *, contestate: int) -> Residui:
    """Votes still possible: voters of the missing sections where known, else their electors."""
    chiusura = rilevazioni(elezione, turno)[-1].codice
    righe = Affluenza.objects.di(elezione).filter(turno=turno, rilevazione=chiusura, sezione__isnull=False)
    votanti = {riga.sezione.numero: totale(riga) for riga in righe.select_related("sezione")}
    possibili = [
        tessera.elettori if votanti.get(tessera.numero) is None else votanti[tessera.numero]
        for tessera in tessere
        if tessera.stato != Stato.DEFINITIVO
    ]
    return Residui(
        sezioni=sum(n or 0 for n in possibili),
        contestate=contestate,
        ignote=sum(n is None for n in possibili),
    )


def firma_tabellone(elezione: Elezione, turno: int) -> str:
    """Changes with any section, turnout or proclamation: a screen that has the board already keeps it."""
    scrutini = Scrutinio.objects.di(elezione).filter(turno=turno).aggregate(n=Count("pk"), v=Sum("versione"))
    ore = Affluenza.objects.di(elezione).filter(turno=turno).aggregate(n=Count("pk"), v=Sum("versione"))
    atti = Proclamazione.objects.di(elezione).aggregate(n=Count("pk"), riaperte=Count("riaperta_il"))
    cifre = (scrutini["n"], scrutini["v"] or 0, ore["n"], ore["v"] or 0, atti["n"], atti["riaperte"])
    return "-".join(map(str, (elezione.pk, turno, *cifre)))
