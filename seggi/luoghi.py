"""Places of care and prisons: which offices the law wants there, and whether they exist."""

from dataclasses import dataclass

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from norme.uffici import Fabbisogno, uffici_per_detenuti, uffici_per_letti
from seggi.models import Luogo

IN_PAROLE = {
    "ospedaliera": ("una sezione ospedaliera", "{n} sezioni ospedaliere"),
    "speciale": ("un seggio speciale", "{n} seggi speciali"),
    "volante": ("il seggio volante della sezione", "{n} seggi volanti"),
}


@dataclass(frozen=True, slots=True)
class EsameLuogo:
    """What a place needs by law and what is there."""

    luogo: Luogo
    fabbisogno: Fabbisogno
    presenti: int

    @property
    def servono(self) -> str:
        if not self.fabbisogno.uffici:
            return "nessun ufficio"
        uno, molti = IN_PAROLE[self.fabbisogno.tipo.value]
        return uno if self.fabbisogno.uffici == 1 else molti.format(n=self.fabbisogno.uffici)

    @property
    def mancano(self) -> int:
        return max(0, self.fabbisogno.uffici - self.presenti)


def fabbisogno_di(luogo: Luogo) -> Fabbisogno:
    """The offices of the law for the beds, or for the detainees entitled to vote."""
    parametri = parametri_di(luogo.elezione)
    if luogo.genere == Luogo.Genere.DETENZIONE:
        return uffici_per_detenuti(luogo.aventi_diritto or 0, parametri=parametri)
    covid = luogo.covid and "letti_sezione_covid" in parametri
    return uffici_per_letti(luogo.posti_letto or 0, parametri=parametri, covid=covid)


def check_luoghi(elezione: Elezione) -> list[EsameLuogo]:
    """Every place with its offices; the seggio volante needs no row, it is the mother section's."""
    esami = []
    luoghi = Luogo.objects.di(elezione).select_related("sezione_madre", "elezione")
    for luogo in luoghi.prefetch_related("uffici"):
        fabbisogno = fabbisogno_di(luogo)
        presenti = sum(s.tipo == fabbisogno.tipo.value for s in luogo.uffici.all())
        esami.append(EsameLuogo(luogo, fabbisogno, presenti))
    return esami


def create_uffici(luogo: Luogo) -> list[Sezione]:
    """Add the missing seggi speciali (or volante) of a place, attached to its mother section.

    A sezione ospedaliera is a section of its own, with its electors: it is only created in the page of the
    sections, where its number is decided.
    """
    fabbisogno = fabbisogno_di(luogo)
    if fabbisogno.tipo.value == Sezione.Tipo.OSPEDALIERA:
        return []
    presenti = luogo.uffici.filter(tipo=fabbisogno.tipo.value).count()
    ultimo = Sezione.objects.di(luogo.elezione).order_by("-numero").values_list("numero", flat=True).first()
    nuove = [
        Sezione.objects.create(
            elezione=luogo.elezione,
            numero=(ultimo or 0) + n,
            tipo=fabbisogno.tipo.value,
            sezione_madre=luogo.sezione_madre,
            plesso=luogo.nome,
        )
        for n in range(1, fabbisogno.uffici - presenti + 1)
    ]
    luogo.uffici.add(*nuove)
    return nuove
