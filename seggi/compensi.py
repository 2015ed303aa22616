"""The fees: forecast, what is due to each person and turno with its rule, shares of who was replaced.

The amounts are those of ``norme.compensi`` in cents of euro (l. 70/1980); here are the people and the posts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from django.core.exceptions import ValidationError
from django.db import transaction

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from norme.compensi import Compenso as CompensoDovuto
from norme.compensi import (
    compute_adunanza,
    compute_compenso,
    format_euro,
    has_aumento_covid,
    split_compenso,
)
from norme.parametri import Parametri
from norme.uffici import Ruolo, Tipo
from seggi.models import Compenso, ImpostazioniCompensi, Nomina, RuoloUfficio, Ufficio

NOMI_TURNI = {1: "primo", 2: "ballottaggio"}
#: Offices that count the votes: their presidenti sit in the adunanza.
CON_SCRUTINIO = (Sezione.Tipo.ORDINARIA, Sezione.Tipo.OSPEDALIERA)
#: Field with the share of service, by turno.
QUOTE = {1: "frazione_servizio", 2: "frazione_ballottaggio"}


@dataclass(frozen=True, slots=True)
class RigaPreventivo:
    """Posts of one role in one kind of office: how many, how much each, how much in all."""

    ruolo: str
    tipo: str
    turno: int
    posti: int
    unitario: CompensoDovuto

    @property
    def centesimi(self) -> int:
        return self.posti * self.unitario.centesimi


@dataclass(frozen=True, slots=True)
class Dovuto:
    """What is due to one person for one turno."""

    nomina: Nomina
    turno: int
    centesimi: int
    voci: tuple[dict[str, object], ...]


def impostazioni_di(elezione: Elezione) -> ImpostazioniCompensi:
    """The facts of the fees; nothing is written until somebody changes them."""
    salvate = ImpostazioniCompensi.objects.filter(elezione=elezione).first()
    return salvate or ImpostazioniCompensi(elezione=elezione)


def termine_rendiconto(elezione: Elezione) -> date:
    """By when the account must be sent: so many months after the vote unless said otherwise."""
    scritto = impostazioni_di(elezione).rendiconto_entro
    if scritto:
        return scritto
    mesi = parametri_di(elezione).intero("rendiconto_mesi")
    anno, mese = divmod(elezione.data.month - 1 + mesi, 12)
    giorno = min(elezione.data.day, 28)
    return date(elezione.data.year + anno, mese + 1, giorno)


def compenso_di(
    ufficio: Ufficio, *, ruolo: str, turno: int, elezioni: int, giorni: int, parametri: Parametri
) -> CompensoDovuto:
    """The whole fee of one post for one turno."""
    return compute_compenso(
        ruolo,
        parametri=parametri,
        tipo=ufficio.sezione.tipo,
        elezioni=1 if turno == 2 else elezioni,
        giorni=giorni,
        covid=has_covid(ufficio, parametri),
        ballottaggio=turno == 2,
    )


def has_covid(ufficio: Ufficio, parametri: Parametri) -> bool:
    """Whether the office is written as Covid and the law gives it the uplift."""
    return ufficio.covid and has_aumento_covid(ufficio.sezione.tipo, parametri)


def covid_senza_aumento(elezione: Elezione) -> list[Ufficio]:
    """Offices written as Covid to which the uplift is not due: paid without it until corrected."""
    parametri = parametri_di(elezione)
    segnati = Ufficio.objects.di(elezione).filter(covid=True).select_related("sezione")
    return [u for u in segnati.order_by("sezione__numero") if not has_covid(u, parametri)]


def turni_previsti(elezione: Elezione) -> list[int]:
    """The rounds a forecast must cover: also the runoff that may come, above 15.000 inhabitants."""
    return [1, 2] if elezione.data_ballottaggio or elezione.sistema == "oltre_15000" else [1]


def forecast(elezione: Elezione, *, turni: Iterable[int] = (1,)) -> list[RigaPreventivo]:
    """What the offices cost, by kind of office and role, before anybody is nominated."""
    parametri, elezioni = parametri_di(elezione), impostazioni_di(elezione).elezioni_contemporanee
    uffici = Ufficio.objects.di(elezione).select_related("sezione").order_by("sezione__numero")
    posti: Counter[tuple] = Counter()
    dovuti: dict[tuple, CompensoDovuto] = {}
    for turno in turni:
        for ufficio in uffici:
            for ruolo in RuoloUfficio.values:
                tipo = Sezione.Tipo(ufficio.sezione.tipo).label + (
                    " Covid" if has_covid(ufficio, parametri) else ""
                )
                chiave = (turno, tipo, ruolo)
                if ufficio.posti(ruolo):
                    posti[chiave] += ufficio.posti(ruolo)
                if ufficio.posti(ruolo) and chiave not in dovuti:
                    dovuti[chiave] = compenso_di(
                        ufficio,
                        ruolo=ruolo,
                        turno=turno,
                        elezioni=elezioni,
                        giorni=elezione.giorni,
                        parametri=parametri,
                    )
    righe = [
        RigaPreventivo(RuoloUfficio(ruolo).label, tipo, turno, quanti, dovuti[turno, tipo, ruolo])
        for (turno, tipo, ruolo), quanti in posti.items()
    ]
    return [*righe, *_forecast_adunanza(uffici, parametri)]


def _forecast_adunanza(uffici: Iterable[Ufficio], parametri: Parametri) -> list[RigaPreventivo]:
    """One day of the adunanza dei presidenti, where the law has it: every presidente and one segretario."""
    presidenti = sum(
        u.presidenti for u in uffici if u.sezione.sezione_madre_id is None and u.sezione.tipo in CON_SCRUTINIO
    )
    if "onorario_adunanza" not in parametri or presidenti < 2:
        return []
    voce = compute_adunanza(1, parametri=parametri)
    dovuto = CompensoDovuto(Ruolo.PRESIDENTE, Tipo.ORDINARIA, (voce,))
    return [RigaPreventivo("presidenti e segretario", "adunanza dei presidenti", 1, presidenti + 1, dovuto)]


def read_quota(testo: str) -> Fraction:
    """A share of service written as "3/5", "1" or "0"; ``ValidationError`` otherwise."""
    try:
        quota = Fraction(testo.replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        quota = None
    if quota is None or not 0 <= quota <= 1 or quota.denominator > 10_000:
        raise ValidationError(f"«{testo}» non è una quota: scrivere una frazione fra 0 e 1, per esempio 3/5.")
    return quota


def compute_dovuti(elezione: Elezione, *, turno: int) -> list[Dovuto]:
    """What is due to everybody for that turno, by section, role and post."""
    parametri, elezioni = parametri_di(elezione), impostazioni_di(elezione).elezioni_contemporanee
    per_posto: dict[tuple, list[Nomina]] = defaultdict(list)
    nomine = Nomina.objects.di(elezione).select_related("ufficio__sezione")
    for nomina in nomine.order_by("ufficio__sezione__numero", "ruolo", "posizione", "pk"):
        per_posto[nomina.ufficio_id, nomina.ruolo, nomina.posizione].append(nomina)
    dovuti: list[Dovuto] = []
    for persone in per_posto.values():
        intero = compenso_di(
            persone[0].ufficio,
            ruolo=persone[0].ruolo,
            turno=turno,
            elezioni=elezioni,
            giorni=elezione.giorni,
            parametri=parametri,
        )
        dovuti += _split_post(persone, intero, turno=turno, parametri=parametri)
    return dovuti


def quote_del_posto(persone: list[Nomina], *, turno: int) -> dict[int, Fraction]:
    """Share of each person of a post: as written; what is left goes to who holds the post."""
    campo = QUOTE[turno]
    quote = {n.pk: read_quota(getattr(n, campo)) for n in persone if getattr(n, campo)}
    resto = 1 - sum(quote.values())
    in_carica = next((n for n in persone if n.is_attiva), None)
    if in_carica is not None and in_carica.pk not in quote and resto > 0:
        quote[in_carica.pk] = resto
    return {chi: quota for chi, quota in quote.items() if quota}


def _split_post(
    persone: list[Nomina], intero: CompensoDovuto, *, turno: int, parametri: Parametri
) -> Iterable[Dovuto]:
    quote = quote_del_posto(persone, turno=turno)
    somma = sum(quote.values())
    if not quote:
        return
    base = lcm(*(quota.denominator for quota in quote.values()))
    durate = [int(quota * base) for quota in quote.values()]
    # a part of the post nobody has been paid for yet is kept apart, so that shares stay of the whole
    resto = [base - sum(durate)] if somma < 1 else []
    parti = dict(zip(quote, split_compenso(intero.centesimi, [*durate, *resto]), strict=False))
    for nomina in persone:
        if nomina.pk not in parti:
            continue
        voci = [voce.as_dict() for voce in intero.voci]
        parte = parti[nomina.pk]
        if parte != intero.centesimi:
            voci.append(_quota_entry(quote[nomina.pk], intero.centesimi, parte))
        if turno == 1 and nomina.giorni_adunanza and "onorario_adunanza" in parametri:
            voce = compute_adunanza(nomina.giorni_adunanza, parametri=parametri)
            voci.append(voce.as_dict())
            parte += voce.centesimi
        yield Dovuto(nomina, turno, parte, tuple(voci))


def _quota_entry(quota: Fraction, intero: int, parte: int) -> dict[str, object]:
    differenza = parte - intero
    return {
        "regola": "quota_servizio",
        "testo": f"Ha servito per {quota} di {format_euro(intero)}: spettano {format_euro(parte)}",
        "centesimi": differenza,
        "articolo": "l. 70/1980",
        "prova": "S",
        "euro": ("−" if differenza < 0 else "") + format_euro(abs(differenza)),
    }


@transaction.atomic
def refresh_compensi(elezione: Elezione) -> int:
    """Compute again what is not yet in a closed batch; returns how many fees changed.

    A closed batch never changes: what would differ shows as an anomaly of the next one.
    """
    turni = [1, 2] if elezione.data_ballottaggio else [1]
    dovuti = {(d.nomina.pk, d.turno): d for t in turni for d in compute_dovuti(elezione, turno=t)}
    presenti = {
        (c.nomina_id, c.turno): c
        for c in Compenso.objects.di(elezione).select_related("liquidazione").select_for_update(of=("self",))
    }
    aperti = {k: c for k, c in presenti.items() if not (c.liquidazione and c.liquidazione.is_chiusa)}
    superflui = [c.pk for k, c in aperti.items() if k not in dovuti]
    Compenso.objects.filter(pk__in=superflui).delete()
    cambiati = [c for k, c in aperti.items() if k in dovuti and _differs(c, dovuti[k])]
    for compenso in cambiati:
        dovuto = dovuti[compenso.nomina_id, compenso.turno]
        compenso.centesimi, compenso.voci = dovuto.centesimi, list(dovuto.voci)
    Compenso.objects.bulk_update(cambiati, ["centesimi", "voci"])
    nuovi = [
        Compenso(nomina=d.nomina, turno=d.turno, centesimi=d.centesimi, voci=list(d.voci))
        for k, d in dovuti.items()
        if k not in presenti
    ]
    Compenso.objects.bulk_create(nuovi)
    return len(superflui) + len(cambiati) + len(nuovi)


def _differs(compenso: Compenso, dovuto: Dovuto) -> bool:
    return compenso.centesimi != dovuto.centesimi or compenso.voci != list(dovuto.voci)


def set_adunanza(elezione: Elezione, *, giorni: int) -> int:
    """Days of work of the adunanza dei presidenti: the presidenti, and the segretario of section 1."""
    if "onorario_adunanza" not in parametri_di(elezione):
        raise ValidationError("L'adunanza dei presidenti c'è solo nei comuni fino a 15.000 abitanti.")
    if Sezione.objects.di(elezione).con_risultati().count() < 2:
        raise ValidationError("Con una sezione sola l'adunanza dei presidenti non c'è (art. 67 TU).")
    ordinarie = Nomina.objects.di(elezione).attive().filter(ufficio__sezione__sezione_madre__isnull=True)
    with transaction.atomic():
        presidenti = ordinarie.filter(ruolo=RuoloUfficio.PRESIDENTE).exclude(
            ufficio__sezione__tipo__in=[Sezione.Tipo.SPECIALE, Sezione.Tipo.VOLANTE]
        )
        quanti = presidenti.update(giorni_adunanza=giorni)
        prima = ordinarie.order_by("ufficio__sezione__numero").values_list("ufficio", flat=True).first()
        quanti += ordinarie.filter(ufficio=prima, ruolo=RuoloUfficio.SEGRETARIO).update(
            giorni_adunanza=giorni
        )
    return quanti
