"""Liquidation: payment data, batches with the anomalies first, lists, totals, closing with the determina."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from stdnum import iban as iban_internazionale
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.it import codicefiscale

from comuni.models import Elezione
from electoral.csv_io import to_csv
from norme.compensi import format_euro
from norme.rilievi import Rilievo, has_errori
from seggi.controlli_compensi import Controlli, Voce, read_voci
from seggi.models import Compenso, DatiPagamento, Liquidazione, Nomina

INTESTAZIONI = (
    "sezione",
    "ruolo",
    "cognome",
    "nome",
    "codice_fiscale",
    "turno",
    "pagamento",
    "iban",
    "intestatario",
    "importo",
    "liquidazione",
    "determina",
)


def clean_iban(testo: str) -> str:
    """An IBAN with the right control figures, without spaces; ``ValidationError`` says what is wrong."""
    try:
        return iban_internazionale.validate(testo)
    except StdnumError:
        raise ValidationError(
            f"«{testo}» non è un IBAN valido: in Italia sono 27 caratteri che cominciano con IT.", code="E932"
        ) from None


def clean_codice_fiscale(testo: str) -> str:
    """A codice fiscale with the right control character."""
    try:
        return codicefiscale.validate(testo)
    except StdnumError:
        raise ValidationError(
            f"«{testo}» non è un codice fiscale valido: ricopiarlo dalla tessera sanitaria.", code="E916"
        ) from None


def write_importo(centesimi: int) -> str:
    """150,00: as accounting systems read it."""
    return f"{centesimi // 100},{centesimi % 100:02d}"


@dataclass(slots=True)
class RigaLiquidazione:
    """A fee with where it is paid and what is wrong with it."""

    compenso: Compenso
    pagamento: DatiPagamento | None
    rilievi: tuple[Rilievo, ...]

    @property
    def nomina(self) -> Nomina:
        return self.compenso.nomina

    @property
    def modo(self) -> str:
        if self.pagamento is None:
            return ""
        return "contanti" if self.pagamento.contanti else "bonifico" if self.pagamento.iban else ""

    @property
    def centesimi(self) -> int:
        return self.compenso.centesimi

    @property
    def importo(self) -> str:
        return format_euro(self.compenso.centesimi)

    @property
    def is_pagabile(self) -> bool:
        return not has_errori(self.rilievi)


@dataclass(slots=True)
class ElencoCompensi:
    """The fees of a batch, or in none yet: those with an anomaly first, the gravest before."""

    voci: list[tuple[Voce, list[str]]]
    controlli: Controlli

    def __len__(self) -> int:
        return len(self.voci)

    def __getitem__(self, quali: slice) -> list[RigaLiquidazione]:
        """The rows of a page: only these are read whole."""
        scelte = [voce for voce, _ in self.voci[quali]]
        compensi = Compenso.objects.select_related(
            "nomina__ufficio__sezione", "nomina__dati_pagamento", "liquidazione"
        ).in_bulk([voce.pk for voce in scelte])
        return [
            RigaLiquidazione(compenso, getattr(compenso.nomina, "dati_pagamento", None), rilievi)
            for compenso, rilievi in ((compensi[v.pk], self.controlli.rilievi(v)) for v in scelte)
        ]

    def pagabili(self) -> list[Voce]:
        return [voce for voce, codici in self.voci if not _has_errore(codici)]

    @property
    def errati(self) -> int:
        return sum(_has_errore(codici) for _, codici in self.voci)

    def totali(self) -> dict[str, int]:
        return totali(voce for voce, _ in self.voci)


def _has_errore(codici: Iterable[str]) -> bool:
    return any(codice.startswith("E") for codice in codici)


def elenco_compensi(elezione: Elezione, *, liquidazione: Liquidazione | None = None) -> ElencoCompensi:
    """The fees in the order in which they are looked at, each with the codes of what is wrong."""
    controlli = Controlli(elezione)
    voci = [(voce, controlli.codici(voce)) for voce in read_voci(elezione, liquidazione=liquidazione)]
    voci.sort(key=lambda riga: (not _has_errore(riga[1]), not riga[1]))
    return ElencoCompensi(voci, controlli)


def righe_da_liquidare(
    elezione: Elezione, *, liquidazione: Liquidazione | None = None
) -> list[RigaLiquidazione]:
    """All of them, whole: for the lists and the documents."""
    return elenco_compensi(elezione, liquidazione=liquidazione)[:]


@transaction.atomic
def open_liquidazione(elezione: Elezione) -> Liquidazione:
    """A new batch with every fee that can be paid; those with an error wait for the next one."""
    Elezione.objects.select_for_update().get(pk=elezione.pk)
    if Liquidazione.objects.di(elezione).filter(stato=Liquidazione.Stato.BOZZA).exists():
        raise ValidationError("C'è già una liquidazione in preparazione: prima va chiusa o sciolta.")
    pagabili = [voce.pk for voce in elenco_compensi(elezione).pagabili()]
    if not pagabili:
        raise ValidationError(
            "Nessun compenso si può liquidare: completare i codici fiscali e gli estremi di pagamento."
        )
    numero = (Liquidazione.objects.di(elezione).aggregate(n=Max("numero"))["n"] or 0) + 1
    liquidazione = Liquidazione.objects.create(elezione=elezione, numero=numero)
    Compenso.objects.filter(pk__in=pagabili).update(liquidazione=liquidazione)
    return liquidazione


@transaction.atomic
def dissolve_liquidazione(liquidazione: Liquidazione) -> None:
    """Give the fees of an open batch back; a closed one stays."""
    liquidazione = Liquidazione.objects.select_for_update().get(pk=liquidazione.pk)
    if liquidazione.is_chiusa:
        raise ValidationError("La liquidazione è chiusa: la determina l'ha già approvata.")
    liquidazione.compensi.update(liquidazione=None)
    liquidazione.delete()


@transaction.atomic
def close_liquidazione(liquidazione: Liquidazione, *, determina: str, data, by=None) -> None:
    """Close the batch with its determina: the amounts never change again."""
    liquidazione = Liquidazione.objects.select_for_update().get(pk=liquidazione.pk)
    if liquidazione.is_chiusa:
        raise ValidationError("La liquidazione è già chiusa.")
    if not determina.strip():
        raise ValidationError("Scrivere il numero della determina.", code="determina")
    errate = [
        r for r in righe_da_liquidare(liquidazione.elezione, liquidazione=liquidazione) if not r.is_pagabile
    ]
    if errate:
        nomi = ", ".join(str(r.nomina) for r in errate[:5])
        raise ValidationError(f"Ci sono {len(errate)} compensi con errori ({nomi}): non si può chiudere.")
    liquidazione.determina, liquidazione.data_determina = determina.strip(), data
    liquidazione.stato, liquidazione.chiusa_il = Liquidazione.Stato.CHIUSA, timezone.now()
    liquidazione.chiusa_da = by
    liquidazione.save()


def totali(righe: Iterable[RigaLiquidazione | Voce]) -> dict[str, int]:
    """Cents by way of payment, and in all."""
    somme = {"bonifico": 0, "contanti": 0, "da completare": 0}
    for riga in righe:
        somme[riga.modo or "da completare"] += riga.centesimi
    return {**somme, "totale": sum(somme.values())}


def totale_liquidato(elezione: Elezione) -> int:
    """Cents of the closed batches: what the rendiconto asks back."""
    chiusi = Compenso.objects.di(elezione).filter(liquidazione__stato=Liquidazione.Stato.CHIUSA)
    return chiusi.aggregate(somma=Sum("centesimi"))["somma"] or 0


def export_liquidazione(liquidazione: Liquidazione, *, modo: str = "", per_excel: bool = False) -> bytes:
    """The CSV for the accounting system; ``modo`` keeps only bonifico or contanti."""
    righe = righe_da_liquidare(liquidazione.elezione, liquidazione=liquidazione)
    scelte = [r for r in righe if not modo or r.modo == modo]
    scelte.sort(key=lambda r: (r.nomina.ufficio.sezione.numero, r.nomina.ruolo, r.nomina.posizione))
    return to_csv(INTESTAZIONI, (_csv_row(r, liquidazione) for r in scelte), per_excel=per_excel)


def _csv_row(riga: RigaLiquidazione, liquidazione: Liquidazione) -> tuple:
    nomina, pagamento = riga.nomina, riga.pagamento
    return (
        nomina.ufficio.sezione.numero,
        nomina.get_ruolo_display(),
        nomina.cognome,
        nomina.nome,
        nomina.codice_fiscale,
        riga.compenso.turno,
        riga.modo,
        pagamento.iban if pagamento else "",
        (pagamento.intestatario or str(nomina)) if pagamento else "",
        write_importo(riga.compenso.centesimi),
        liquidazione.numero,
        liquidazione.determina,
    )
