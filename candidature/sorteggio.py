"""The draw of the numbers: sindaci first, then the lists of each (> 15.000); the lists (≤ 15.000).

Before it every number is provisional (the order of filing); the draw writes the true ones on those admitted.
Who was refused keeps a number after the others, so that nothing that names him breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from candidature.models import CandidatoSindaco, Lista, SorteggioNumeri
from candidature.presentazione import NonConsentito
from candidature.sopravvenienze import dopo_la_decisione, require_not_fermata
from comuni.models import Elezione, Sistema
from norme.sorteggio import Elenco, freeze_elenco, sorteggia

_SPOSTAMENTO = 10_000


@dataclass(frozen=True, slots=True)
class Urna:
    """One draw to be made: what it is about and who is in it."""

    oggetto: str
    sindaco: CandidatoSindaco | None
    voci: tuple[CandidatoSindaco | Lista, ...]
    fatto: SorteggioNumeri | None = None

    @property
    def chiave(self) -> str:
        return f"{self.oggetto}-{self.sindaco.pk}" if self.sindaco else self.oggetto

    @property
    def titolo(self) -> str:
        if self.oggetto == SorteggioNumeri.Oggetto.SINDACI:
            return "Candidati sindaco"
        return f"Liste collegate a {self.sindaco}" if self.sindaco else "Liste"

    @property
    def elenco(self) -> Elenco:
        return freeze_elenco(etichetta(voce) for voce in self.voci)


def etichetta(voce: CandidatoSindaco | Lista) -> str:
    """The line of the roll: the name, and the row it stands for so that two equal names differ."""
    nome = str(voce) if isinstance(voce, CandidatoSindaco) else voce.denominazione
    return f"{nome} [{voce.pk}]"


def urne(elezione: Elezione) -> list[Urna]:
    """The draws due, in the order of the law, with what was already drawn."""
    fatti = {
        (s.oggetto, s.sindaco_id): s
        for s in SorteggioNumeri.objects.di(elezione).filter(annullato_il__isnull=True)
    }
    oggetto = SorteggioNumeri.Oggetto
    liste = list(Lista.objects.di(elezione).ammesse().select_related("sindaco").order_by("pk"))
    if elezione.sistema == Sistema.FINO_15000:
        return [Urna(oggetto.LISTE, None, tuple(liste), fatti.get((oggetto.LISTE, None)))]
    per_sindaco: dict[CandidatoSindaco, list[Lista]] = {}
    for lista in liste:
        per_sindaco.setdefault(lista.sindaco, []).append(lista)
    sindaci = sorted(per_sindaco, key=lambda s: s.pk)
    prima = fatti.get((oggetto.SINDACI, None))
    ordinati = sorted(sindaci, key=lambda s: s.numero) if prima else sindaci
    return [
        Urna(oggetto.SINDACI, None, tuple(sindaci), prima),
        *(Urna(oggetto.LISTE, s, tuple(per_sindaco[s]), fatti.get((oggetto.LISTE, s.pk))) for s in ordinati),
    ]


def check_sorteggiabile(elezione: Elezione) -> None:
    """Numbers are drawn only after the final decisions (D−26), on the lists as they were decided."""
    require_not_fermata(elezione)
    liste = Lista.objects.di(elezione)
    if not liste.ammesse().exists():
        raise NonConsentito("Non c'è nessuna lista ammessa: prima vanno decise le liste.")
    if da_decidere := list(liste.da_decidere()):
        nomi = ", ".join(f"«{lista.denominazione}»" for lista in da_decidere)
        raise NonConsentito(f"Il sorteggio viene dopo le decisioni definitive; restano: {nomi}.")
    if fatti := [fatto for lista in liste.ammesse() for fatto in dopo_la_decisione(lista)]:
        detti = "; ".join(str(fatto) for fatto in fatti)
        raise NonConsentito(f"Dopo la decisione è stato registrato: {detti}. La lista va decisa di nuovo.")


@transaction.atomic
def draw(
    elezione: Elezione,
    *,
    chiave: str,
    modalita: str,
    presenti: str,
    eseguito_il: datetime,
    by,
    ordine: Sequence[int] = (),
    seme: str = "",
) -> SorteggioNumeri:
    """Record one draw: ``ordine`` are the pks as they came out of the urn, or ``seme`` ranks them."""
    Elezione.objects.select_for_update().get(pk=elezione.pk)
    check_sorteggiabile(elezione)
    urna = next((u for u in urne(elezione) if u.chiave == chiave), None)
    if urna is None:
        raise NonConsentito("Questo sorteggio non è previsto per l'elezione.")
    _check_turno(elezione, urna)
    if not presenti.strip():
        raise NonConsentito("Scrivi chi era presente al sorteggio.")
    if modalita == SorteggioNumeri.Modalita.RIPETIBILE:
        ordine = _ranked(urna, seme)
    elif sorted(ordine) != sorted(voce.pk for voce in urna.voci):
        raise NonConsentito("Ogni nome nell'urna deve avere un numero, e ciascuno diverso.")
    sorteggio = SorteggioNumeri.objects.create(
        elezione=elezione,
        oggetto=urna.oggetto,
        sindaco=urna.sindaco,
        modalita=SorteggioNumeri.Modalita(modalita),
        seme=seme.strip() if modalita == SorteggioNumeri.Modalita.RIPETIBILE else "",
        elenco=list(urna.elenco.righe),
        ordine=list(ordine),
        presenti=presenti.strip(),
        eseguito_il=eseguito_il,
        registrato_da=by,
    )
    _assign(elezione)
    return sorteggio


def _check_turno(elezione: Elezione, urna: Urna) -> None:
    if urna.fatto:
        raise NonConsentito("Questo sorteggio è già registrato: per rifarlo va prima annullato.")
    prima = next(u for u in urne(elezione) if not u.fatto)
    if prima.oggetto == SorteggioNumeri.Oggetto.SINDACI and urna.oggetto != prima.oggetto:
        raise NonConsentito("Prima si sorteggiano i candidati sindaco, poi le liste di ciascuno.")


def _ranked(urna: Urna, seme: str) -> list[int]:
    if not seme.strip():
        raise NonConsentito("Scrivi il seme pubblico: i numeri estratti davanti ai presenti.")
    per_riga = {etichetta(voce): voce.pk for voce in urna.voci}
    canoniche = {" ".join(riga.split()): pk for riga, pk in per_riga.items()}
    esito = sorteggia(urna.elenco, seme=seme, posti=len(urna.voci))
    return [canoniche[riga] for riga in esito.ordine]


@transaction.atomic
def annul(sorteggio: SorteggioNumeri, *, motivo: str, by) -> None:
    """Annul a draw; with the sindaci fall the lists drawn after them. Numbers are provisional again."""
    if not motivo.strip():
        raise NonConsentito("Scrivi perché il sorteggio si annulla.")
    if sorteggio.annullato_il:
        raise NonConsentito("Il sorteggio è già annullato.")
    validi = SorteggioNumeri.objects.di(sorteggio.elezione).filter(annullato_il__isnull=True)
    if sorteggio.oggetto != SorteggioNumeri.Oggetto.SINDACI:
        validi = validi.filter(pk=sorteggio.pk)
    validi.update(annullato_il=timezone.now(), annullato_da=by, motivo_annullamento=motivo.strip())
    Lista.objects.di(sorteggio.elezione).update(numero_provvisorio=True)
    CandidatoSindaco.objects.di(sorteggio.elezione).update(numero_provvisorio=True)
    _assign(sorteggio.elezione)


def _assign(elezione: Elezione) -> None:
    """Write the numbers that follow from the valid draws: lists run on from one sindaco to the next."""
    stato = urne(elezione)
    liste: list[int] = []
    sindaci: list[int] = []
    completo = True
    for urna in sorted(stato, key=lambda u: u.oggetto != SorteggioNumeri.Oggetto.SINDACI):
        ordine = urna.fatto.ordine if urna.fatto else None
        completo &= ordine is not None
        pks = ordine or [voce.pk for voce in sorted(urna.voci, key=lambda v: v.numero)]
        (sindaci if urna.oggetto == SorteggioNumeri.Oggetto.SINDACI else liste).extend(pks)
    drawn_sindaci = any(u.fatto and u.oggetto == SorteggioNumeri.Oggetto.SINDACI for u in stato)
    if elezione.sistema == Sistema.FINO_15000:
        per_lista = dict(Lista.objects.filter(pk__in=liste).values_list("pk", "sindaco"))
        sindaci, drawn_sindaci = list(dict.fromkeys(per_lista[pk] for pk in liste)), completo
    _renumber(CandidatoSindaco, elezione, sindaci, definitivi=drawn_sindaci)
    _renumber(Lista, elezione, liste, definitivi=completo)


def _renumber(modello, elezione: Elezione, pks: Sequence[int], *, definitivi: bool) -> None:
    """First those in the draw, then the others as they were; in two steps, for the unique constraint."""
    righe = {riga.pk: riga for riga in modello.objects.di(elezione).order_by("numero")}
    ordinate = [*pks, *(pk for pk in righe if pk not in set(pks))]
    for passo in (_SPOSTAMENTO, 0):
        for numero, pk in enumerate(ordinate, 1):
            riga = righe[pk]
            riga.numero = numero + passo
            riga.numero_provvisorio = pk not in pks or not definitivi
        modello.objects.bulk_update(righe.values(), ["numero", "numero_provvisorio"])
