"""The offices of the sections: set up by type and date, what is missing, size of the sections."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, F, Min, Sum

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from norme.parametri import Parametri
from norme.rilievi import Rilievo
from norme.uffici import (
    Ruolo,
    check_edificio,
    check_sezione,
    check_ufficio,
    uffici_per_letti,
)
from norme.uffici import composizione as composizione_di
from seggi.models import Nomina, RuoloUfficio, Ufficio


def composizione(tipo: str, *, parametri: Parametri) -> dict[str, int]:
    """Posts of an office of this type: presidenti, scrutatori, segretari (TU 20, 43; l. 136/1976).

    The seggio volante has no post of its own: it is the presidente, the segretario and one scrutatore of the
    mother section (TU 44).
    """
    if tipo == Sezione.Tipo.VOLANTE:
        return {"presidenti": 0, "scrutatori": 0, "segretari": 0}
    posti = composizione_di(tipo, parametri=parametri)
    return {"presidenti": posti.presidenti, "scrutatori": posti.scrutatori, "segretari": posti.segretari}


@transaction.atomic
def set_up_uffici(elezione: Elezione) -> int:
    """Create the office of every section that has none; returns how many were created."""
    parametri = parametri_di(elezione)
    senza = Sezione.objects.di(elezione).filter(ufficio__isnull=True)
    nuovi = [Ufficio(sezione=s, **composizione(s.tipo, parametri=parametri)) for s in senza]
    return len(Ufficio.objects.bulk_create(nuovi))


def count_posti(elezione: Elezione) -> Counter[str]:
    """Posts by role in the whole election."""
    somme = Ufficio.objects.di(elezione).aggregate(
        presidente=Sum("presidenti"), scrutatore=Sum("scrutatori"), segretario=Sum("segretari")
    )
    return Counter({ruolo: quanti for ruolo, quanti in somme.items() if quanti})


def count_coperti(elezione: Elezione) -> Counter[str]:
    """Posts by role with an active nomination."""
    conto = Nomina.objects.di(elezione).attive().order_by().values("ruolo").annotate(quante=Count("pk"))
    return Counter({riga["ruolo"]: riga["quante"] for riga in conto})


@dataclass(slots=True)
class Posto:
    """One post of an office and who holds it now, if anybody."""

    ruolo: str
    posizione: int
    nomina: Nomina | None = None

    @property
    def nome(self) -> str:
        etichetta = RuoloUfficio(self.ruolo).label
        return f"{etichetta} {self.posizione}" if self.ruolo == RuoloUfficio.SCRUTATORE else etichetta


@dataclass(slots=True)
class QuadroUfficio:
    """An office on the board: its posts and what is wrong with it."""

    ufficio: Ufficio
    posti: list[Posto] = field(default_factory=list)
    rilievi: list[Rilievo] = field(default_factory=list)

    @property
    def scoperti(self) -> int:
        return sum(posto.nomina is None for posto in self.posti)

    @property
    def da_notificare(self) -> int:
        return sum(p.nomina is not None and p.nomina.stato == Nomina.Stato.NOMINATO for p in self.posti)

    @property
    def accettati(self) -> int:
        return sum(p.nomina is not None and p.nomina.stato == Nomina.Stato.ACCETTATO for p in self.posti)


def build_quadro(elezione: Elezione, *, soli: Sequence[Ufficio] | None = None) -> list[QuadroUfficio]:
    """Every office (or these) with its posts, in two queries."""
    uffici = Ufficio.objects.di(elezione).select_related("sezione__sezione_madre").order_by("sezione__numero")
    nomine = Nomina.objects.di(elezione).attive().select_related("iscritto")
    if soli is not None:
        uffici, nomine = soli, nomine.filter(ufficio__in=[u.pk for u in soli])
    per_posto = {(n.ufficio_id, n.ruolo, n.posizione): n for n in nomine}
    parametri = parametri_di(elezione)
    return [_quadro(ufficio, per_posto, parametri) for ufficio in uffici]


def _quadro(ufficio: Ufficio, per_posto: dict, parametri: Parametri) -> QuadroUfficio:
    quadro = QuadroUfficio(ufficio)
    for ruolo in RuoloUfficio.values:
        for posizione in range(1, ufficio.posti(ruolo) + 1):
            nomina = per_posto.get((ufficio.pk, ruolo, posizione))
            quadro.posti.append(Posto(ruolo, posizione, nomina))
    if quadro.posti:
        presenti = Counter(Ruolo(p.ruolo) for p in quadro.posti if p.nomina)
        quadro.rilievi += check_ufficio(ufficio.sezione.tipo, presenti, parametri=parametri)
    return quadro


def check_sezioni(elezione: Elezione) -> list[tuple[Sezione, Rilievo]]:
    """Size of each section, sections per building, beds against the type of office."""
    parametri = parametri_di(elezione)
    limiti = parametri.valore("sezione_iscritti")
    tutte = Sezione.objects.di(elezione).order_by("numero")
    elettori = tutte.annotate(iscritti=F("elettori_m") + F("elettori_f"))
    trovati = [
        (sezione, rilievo)
        for sezione in elettori.exclude(iscritti__range=(limiti["minimo"], limiti["massimo"]))
        if sezione.elettori is not None
        for rilievo in check_sezione(sezione.elettori, parametri=parametri, tipo=sezione.tipo)
    ]
    edifici = tutte.con_risultati().exclude(plesso="").order_by().values("plesso")
    for edificio in edifici.annotate(quante=Count("pk"), prima=Min("numero")).order_by("prima"):
        nome = edificio["plesso"]
        for rilievo in check_edificio(nome, edificio["quante"], parametri=parametri):
            trovati.append((tutte.get(numero=edificio["prima"]), rilievo))
    return trovati


def expected_tipo(posti_letto: int, *, elezione: Elezione) -> str:
    """In words, what a place of care with so many beds needs (TU 43-44, l. 136/1976)."""
    fabbisogno = uffici_per_letti(posti_letto, parametri=parametri_di(elezione))
    return f"{fabbisogno.uffici} di tipo {fabbisogno.tipo.value} ({fabbisogno.articolo})"
