"""Turnout: the board of who is missing, the sheet for the prefettura."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from norme.rilievi import Rilievo
from norme.scrutinio import DatiScrutinio, check_scrutinio
from risultati.models import Affluenza, InvioAffluenza, Scrutinio
from risultati.precedente import Passato, elezione_precedente, load_passato
from risultati.rilevazioni import Rilevazione, rilevazioni
from risultati.stati import check_aperta


def totale(affluenza: Affluenza | None) -> int | None:
    """Voters of a row, if there is one."""
    return None if affluenza is None else affluenza.totale


@dataclass(frozen=True, slots=True)
class Comunicati:
    """What a section told on the voting days: voters at each hour in order, and the row of the closing."""

    ore: dict[str, int | None]
    chiusura: Affluenza | None


def affluenze_di(scrutinio: Scrutinio) -> Comunicati:
    righe = Affluenza.objects.filter(
        elezione_id=scrutinio.elezione_id, turno=scrutinio.turno, sezione_id=scrutinio.sezione_id
    )
    return _comunicati(righe, rilevazioni(scrutinio.elezione, scrutinio.turno))


def affluenze_per_sezione(elezione: Elezione, turno: int) -> dict[int | None, Comunicati]:
    """The same for every section at once, by its pk."""
    trovate: dict[int | None, list[Affluenza]] = {}
    for riga in Affluenza.objects.di(elezione).filter(turno=turno):
        trovate.setdefault(riga.sezione_id, []).append(riga)
    ore = rilevazioni(elezione, turno)
    return {pk: _comunicati(righe, ore) for pk, righe in trovate.items()}


def _comunicati(righe: Iterable[Affluenza], ore: list[Rilevazione]) -> Comunicati:
    per_ora = {riga.rilevazione: riga for riga in righe}
    dette = {ora.codice: totale(per_ora[ora.codice]) for ora in ore if ora.codice in per_ora}
    return Comunicati(dette, per_ora.get(ore[-1].codice))


@dataclass(frozen=True, slots=True)
class RigaAffluenza:
    """A section at one hour: what was said now, before, at the election before."""

    sezione: Sezione
    affluenza: Affluenza | None
    prima: int | None
    scorsa: int | None
    rilievi: tuple[Rilievo, ...] = ()

    @property
    def votanti(self) -> int | None:
        return totale(self.affluenza)

    @property
    def percento(self) -> float | None:
        return _percento(self.votanti, self.sezione.elettori)


def _percento(parte: int | None, tutto: int | None) -> float | None:
    return round(100 * parte / tutto, 2) if parte is not None and tutto else None


def righe_affluenza(
    elezione: Elezione, turno: int, rilevazione: Rilevazione, sezioni: Iterable[Sezione]
) -> list[RigaAffluenza]:
    """One row per section with its findings (two queries, whatever the number of sections)."""
    storia: dict[int | None, dict[str, Affluenza]] = {}
    for riga in Affluenza.objects.di(elezione).filter(turno=turno):
        storia.setdefault(riga.sezione_id, {})[riga.rilevazione] = riga
    codici = [voce.codice for voce in rilevazioni(elezione, turno)]
    fino = codici[: codici.index(rilevazione.codice) + 1]
    scorse = _votanti_scorsi(elezione, turno, rilevazione)
    parametri = parametri_di(elezione)
    sezioni, passato = list(sezioni), Passato()
    if rilevazione.is_chiusura:
        passato = _passato(
            elezione, turno, sezioni, lambda sezione: storia.get(sezione.pk, {}).get(rilevazione.codice)
        )
    righe = []
    for sezione in sezioni:
        sua = storia.get(sezione.pk, {})
        valori = {codice: totale(sua.get(codice)) for codice in fino if codice in sua}
        precedenti = [v for codice, v in valori.items() if codice != rilevazione.codice and v is not None]
        righe.append(
            RigaAffluenza(
                sezione,
                sua.get(rilevazione.codice),
                precedenti[-1] if precedenti else None,
                scorse.get(sezione.numero),
                tuple(
                    check_affluenze(
                        sezione, valori, sua.get(rilevazione.codice), parametri, turno=turno, passato=passato
                    )
                ),
            )
        )
    return righe


def _dati_sezione(
    sezione: Sezione,
    ultima: Affluenza | None,
    turno: int,
    *,
    affluenze: Mapping[str, int | None] | None = None,
) -> DatiScrutinio:
    return DatiScrutinio(
        turno=turno,
        sezione=sezione.numero,
        speciale=sezione.tipo != Sezione.Tipo.ORDINARIA,
        elettori_m=sezione.elettori_m,
        elettori_f=sezione.elettori_f,
        affluenze=dict(affluenze or {}),
        votanti_m=ultima.votanti_m if ultima else None,
        votanti_f=ultima.votanti_f if ultima else None,
        votanti=ultima.votanti if ultima else None,
    )


def _passato(elezione: Elezione, turno: int, sezioni: Iterable[Sezione], ultime) -> Passato:
    """The past beside what is known of this closing so far."""
    passato = load_passato(elezione, turno)
    adesso = {s.numero: _dati_sezione(s, ultime(s), turno) for s in sezioni if ultime(s) is not None}
    return replace(passato, adesso=adesso)


def check_affluenze(
    sezione: Sezione,
    valori: Mapping[str, int | None],
    ultima: Affluenza | None,
    parametri,
    *,
    turno: int,
    passato: Passato,
) -> list[Rilievo]:
    """Never decreasing, never above the electors, near the past: findings, because the paper leads."""
    dati = _dati_sezione(sezione, ultima, turno, affluenze=valori)
    rilievi = [r for r in check_scrutinio(dati, parametri=parametri) if r.codice != "W404"]
    if dati.votanti_totali() is not None:
        rilievi += passato.check(dati, parametri=parametri)
    return rilievi


def _votanti_scorsi(elezione: Elezione, turno: int, rilevazione: Rilevazione) -> dict[int, int]:
    precedente = elezione_precedente(elezione)
    if precedente is None:
        return {}
    righe = Affluenza.objects.di(precedente).filter(
        turno=turno, rilevazione=rilevazione.codice, sezione__isnull=False
    )
    return {
        riga.sezione.numero: n for riga in righe.select_related("sezione") if (n := totale(riga)) is not None
    }


@dataclass(frozen=True, slots=True)
class RiepilogoRilevazione:
    """One hour on the board: how many sections are in, and whether the prefettura knows."""

    rilevazione: Rilevazione
    arrivate: int
    sezioni: int
    mancanti: tuple[Sezione, ...]
    votanti_m: int
    votanti_f: int
    votanti: int
    elettori: int
    invio: InvioAffluenza | None

    @property
    def percento(self) -> float | None:
        return _percento(self.votanti, self.elettori)

    @property
    def is_in_ritardo(self) -> bool:
        return self.rilevazione.is_passata and bool(self.mancanti)

    @property
    def is_cambiata_dopo_invio(self) -> bool:
        return self.invio is not None and self.invio.votanti != self.votanti


def riepiloghi(elezione: Elezione, turno: int) -> list[RiepilogoRilevazione]:
    """The board of the turnout: one line per hour."""
    sezioni = list(Sezione.objects.di(elezione).con_risultati().order_by("numero"))
    righe: dict[str, dict[int, Affluenza]] = {}
    for riga in Affluenza.objects.di(elezione).filter(turno=turno, sezione__isnull=False):
        righe.setdefault(riga.rilevazione, {})[riga.sezione_id] = riga
    invii: dict[str, InvioAffluenza] = {}
    for invio in InvioAffluenza.objects.di(elezione).filter(turno=turno).select_related("inviato_da"):
        invii.setdefault(invio.rilevazione, invio)
    return [
        _riepilogo(voce, sezioni, righe.get(voce.codice, {}), invii.get(voce.codice))
        for voce in rilevazioni(elezione, turno)
    ]


def _riepilogo(
    voce: Rilevazione, sezioni: list[Sezione], sue: dict[int, Affluenza], invio
) -> RiepilogoRilevazione:
    arrivate = {pk: riga for pk, riga in sue.items() if totale(riga) is not None}
    presenti = [sezione for sezione in sezioni if sezione.pk in arrivate]
    return RiepilogoRilevazione(
        rilevazione=voce,
        arrivate=len(presenti),
        sezioni=len(sezioni),
        mancanti=tuple(sezione for sezione in sezioni if sezione.pk not in arrivate),
        votanti_m=sum(riga.votanti_m or 0 for riga in arrivate.values()),
        votanti_f=sum(riga.votanti_f or 0 for riga in arrivate.values()),
        votanti=sum(totale(riga) or 0 for riga in arrivate.values()),
        elettori=sum(sezione.elettori or 0 for sezione in presenti),
        invio=invio,
    )


@dataclass(frozen=True, slots=True)
class AffluenzaScritta:
    """What was typed for one section, and the version of the row that was on the page."""

    sezione: Sezione
    votanti_m: int | None
    votanti_f: int | None
    votanti: int | None
    versione: int


@transaction.atomic
def save_affluenze(
    elezione: Elezione, turno: int, rilevazione: Rilevazione, scritte: Iterable[AffluenzaScritta], *, by
) -> list[tuple[AffluenzaScritta, Affluenza]]:
    """Save what changed; gives back the rows that somebody else changed in the meantime, left as they are."""
    check_aperta(elezione)
    contese = []
    for scritta in scritte:
        altra = _save_affluenza(elezione, turno, rilevazione.codice, scritta, by=by)
        if altra is not None:
            contese.append((scritta, altra))
    return contese


def _save_affluenza(elezione, turno, codice: str, scritta: AffluenzaScritta, *, by) -> Affluenza | None:
    chiave = {"elezione": elezione, "turno": turno, "rilevazione": codice, "sezione": scritta.sezione}
    valori = {
        "votanti_m": scritta.votanti_m,
        "votanti_f": scritta.votanti_f,
        "votanti": scritta.votanti,
        "aggiornata_da": by,
        "aggiornata_il": timezone.now(),
    }
    if scritta.versione == 0:
        if (scritta.votanti, scritta.votanti_m, scritta.votanti_f) == (None, None, None):
            return None
        _, nuova = Affluenza.objects.get_or_create(**chiave, defaults={**valori, "versione": 1})
        if nuova:
            return None
    cambiate = Affluenza.objects.filter(**chiave, versione=scritta.versione).update(
        **valori, versione=F("versione") + 1
    )
    if cambiate:
        return None
    altra = Affluenza.objects.select_related("aggiornata_da").filter(**chiave).first()
    uguale = altra and (altra.votanti_m, altra.votanti_f, altra.votanti) == (
        scritta.votanti_m,
        scritta.votanti_f,
        scritta.votanti,
    )
    return None if altra is None or uguale else altra


def register_invio(
    elezione: Elezione, turno: int, rilevazione: Rilevazione, *, by, inviato_il=None
) -> InvioAffluenza:
    """The tick "inviato alla prefettura alle …", with the figure as sent."""
    riepilogo = next(r for r in riepiloghi(elezione, turno) if r.rilevazione.codice == rilevazione.codice)
    return InvioAffluenza.objects.create(
        elezione=elezione,
        turno=turno,
        rilevazione=rilevazione.codice,
        votanti=riepilogo.votanti,
        inviato_il=inviato_il or timezone.now(),
        inviato_da=by,
    )
