"""A section against its own past: the election before, or for the runoff the first turno."""

from dataclasses import dataclass, field
from functools import cached_property

from comuni.models import Elezione, Sezione
from norme.confronti import affluenza, check_precedente
from norme.dati_scrutinio import DatiScrutinio
from norme.parametri import Parametri
from norme.rilievi import Rilievo
from risultati.models import Affluenza, Scrutinio, Turno

Coppia = tuple[int, int, int, int]
_CIFRE = ("elettori", "elettori_m", "elettori_f", "votanti", "votanti_m", "votanti_f")


def elezione_precedente(elezione: Elezione) -> Elezione | None:
    """The election before in the same comune (never a rehearsal)."""
    return (
        Elezione.objects.filter(comune=elezione.comune, data__lt=elezione.data, prova=False)
        .order_by("-data")
        .first()
    )


@dataclass(frozen=True)
class Passato:
    """Electors and voters by section: then, and now where already definitive."""

    prima: dict[int, DatiScrutinio] = field(default_factory=dict)
    adesso: dict[int, DatiScrutinio] = field(default_factory=dict)

    def check(self, dati: DatiScrutinio, *, parametri: Parametri) -> list[Rilievo]:
        """Findings of one section; nothing where it did not exist, or the past does not say."""
        allora = self.prima.get(int(dati.sezione or 0))
        if allora is None:
            return []
        variazione = self._variazione(dati, minime=parametri.valore("avvisi_confronti")["sezioni_minime"])
        if variazione is None:  # how the comune changed is not known: electors only
            allora = DatiScrutinio(turno=allora.turno, elettori=allora.elettori_totali())
        return check_precedente(dati, prima=allora, parametri=parametri, variazione=variazione or 0)

    def _variazione(self, dati: DatiScrutinio, *, minime: int) -> float | None:
        """How the turnout changed in the other sections that have both figures (a share)."""
        altre = len(self._coppie) - (dati.sezione in self._coppie)
        if altre < minime:
            return None
        sua = self._coppie.get(int(dati.sezione or 0), (0, 0, 0, 0))
        oggi, erano, allora, eravamo = (tutti - suoi for tutti, suoi in zip(self._somma, sua, strict=True))
        return oggi / erano - allora / eravamo

    @cached_property
    def _coppie(self) -> dict[int, Coppia]:
        """Voters and electors, now and then, of the sections that have all of them."""
        return {
            n: (*_cifre(self.adesso[n]), *_cifre(self.prima[n]))
            for n in self.adesso.keys() & self.prima.keys()
            if None not in (affluenza(self.adesso[n]), affluenza(self.prima[n]))
        }

    @cached_property
    def _somma(self) -> Coppia:
        votanti, elettori, allora, eravamo = (
            sum(cifre) for cifre in zip(*self._coppie.values(), strict=True)
        )
        return votanti, elettori, allora, eravamo


def _cifre(dati: DatiScrutinio) -> tuple[int, int]:
    return dati.votanti_totali() or 0, dati.elettori_totali() or 0


def affluenza_di_allora(precedente: Elezione | None, turno: int) -> dict[str, tuple[int, int]]:
    """By hour: voters, and electors of the sections that told them (of the comune for a total)."""
    if precedente is None:
        return {}
    somme: dict[str, tuple[int, int]] = {}
    righe = Affluenza.objects.di(precedente).filter(turno=turno).select_related("sezione")
    per_sezione = {riga.rilevazione for riga in righe if riga.sezione}
    tutti = sum(s.elettori or 0 for s in precedente.sezioni.all())
    for riga in righe:
        if (votanti := riga.totale) is None or (riga.sezione is None and riga.rilevazione in per_sezione):
            continue
        elettori = (riga.sezione.elettori or 0) if riga.sezione else tutti
        prima = somme.get(riga.rilevazione, (0, 0))
        somme[riga.rilevazione] = (prima[0] + votanti, prima[1] + elettori)
    return {ora: coppia for ora, coppia in somme.items() if coppia[1]}


def load_passato(elezione: Elezione, turno: int) -> Passato:
    """Three queries at most; for the runoff the past is the first turno."""
    base = elezione if turno == Turno.BALLOTTAGGIO else elezione_precedente(elezione)
    if base is None:
        return Passato()
    prima = _sezioni(base, Turno.PRIMO)
    return Passato(prima, _sezioni(elezione, turno) if prima else {})


def _sezioni(elezione: Elezione, turno: int) -> dict[int, DatiScrutinio]:
    righe = Scrutinio.objects.di(elezione).definitivi().delle_sezioni().filter(turno=turno)
    campi = ("sezione__numero", "sezione__tipo", "sezione__elettori_m", "sezione__elettori_f", *_CIFRE)
    return {riga["sezione__numero"]: _dati(riga, turno) for riga in righe.values(*campi)}


def _dati(riga: dict, turno: int) -> DatiScrutinio:
    """As written in the count; the electors of the lists where the count does not say."""
    cifre = {nome: riga[nome] for nome in _CIFRE}
    if cifre["elettori"] is None and None in (cifre["elettori_m"], cifre["elettori_f"]):
        cifre["elettori_m"], cifre["elettori_f"] = riga["sezione__elettori_m"], riga["sezione__elettori_f"]
    return DatiScrutinio(
        turno=turno,
        sezione=riga["sezione__numero"],
        speciale=riga["sezione__tipo"] != Sezione.Tipo.ORDINARIA,
        **cifre,
    )
