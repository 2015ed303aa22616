"""Plausible figures for a rehearsal: they tally as those of a good section, and belong to no real vote."""

import random
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from comuni.models import Elezione, Sezione
from risultati.caselle import Modulo, build_modulo
from risultati.consolidamento import write_tabelle
from risultati.controlli import check_sezione, sync_rilievi
from risultati.digitazione import get_scrutinio, seed_prima
from risultati.models import Affluenza, Annotazione, Passaggio, RilievoSezione, Scrutinio
from risultati.prova_generale import ProvaVietata
from risultati.rilevazioni import rilevazioni
from risultati.stati import Stato

SEGNO = "Cifre inventate per la prova generale."


def generate_scrutini(
    elezione: Elezione,
    *,
    turno: int = 1,
    sezioni: Sequence[int] | None = None,
    seme: int = 0,
    quota: float = 1.0,
) -> int:
    """Fill the waiting sections of a rehearsal; the same seed gives the same figures. Returns how many."""
    if not elezione.prova:
        raise ProvaVietata("Le cifre inventate si scrivono solo in una prova generale.")
    modulo = build_modulo(elezione, turno)
    if not modulo.sindaci:
        raise ProvaVietata("L'elezione non ha candidati sindaco: prima si inseriscono le candidature.")
    caso = random.Random(f"{seme}-{turno}")
    umori = _umori(modulo, caso)
    fatte = 0
    for sezione in Sezione.objects.di(elezione).con_risultati().order_by("numero"):
        scelta = caso.random() < quota
        cifre = invent_celle(modulo, sezione, random.Random(f"{seme}-{turno}-{sezione.numero}"), umori)
        if scelta and (sezioni is None or sezione.numero in sezioni):
            fatte += _write_sezione(sezione, modulo, cifre)
    return fatte


def invented_celle(sezione: Sezione, modulo: Modulo, *, seme: int = 0) -> dict[str, int | None]:
    """The figures that ``generate_scrutini`` gives, or would give, to that section."""
    umori = _umori(modulo, random.Random(f"{seme}-{modulo.turno}"))
    return invent_celle(modulo, sezione, random.Random(f"{seme}-{modulo.turno}-{sezione.numero}"), umori)


def _umori(modulo: Modulo, caso: random.Random) -> dict[str, float]:
    """How strong each name is in the whole comune: a few strong, many weak."""
    pesi = {f"s{numero}": caso.paretovariate(1.3) for numero, _ in modulo.sindaci}
    pesi |= {f"l{numero}": caso.paretovariate(1.5) for numero, _, _ in modulo.liste}
    for lista, candidati in modulo.candidati.items():
        pesi |= {f"c{lista}.{numero}": caso.paretovariate(1.1) for numero, _, _ in candidati}
    return pesi


def invent_celle(modulo: Modulo, sezione: Sezione, caso: random.Random, umori) -> dict[str, int | None]:
    """The boxes of one section: every identity of the count holds."""
    celle: dict[str, int | None] = _invent_schede(sezione, caso)
    valide = celle["voti_validi"] or 0
    voti = _share_out(valide, [umori[f"s{n}"] * caso.uniform(0.8, 1.25) for n, _ in modulo.sindaci])
    soli = [min(v, round(v * caso.uniform(0.01, 0.04))) for v in voti] if modulo.ha_liste else [0] * len(voti)
    for (numero, _), suoi, solo in zip(modulo.sindaci, voti, soli, strict=True):
        celle[f"voti_sindaci.{numero}"] = suoi
        if modulo.ha_liste:
            celle[f"solo_sindaco.{numero}"] = solo
    celle["totale_sindaci"] = valide
    if modulo.ha_liste:
        celle["totale_solo_sindaco"] = sum(soli)
    if not modulo.is_ballottaggio:
        _invent_liste(modulo, celle, caso, umori)
    return {campo: celle.get(campo) for campo in modulo.campi}


def _invent_schede(sezione: Sezione, caso: random.Random) -> dict[str, int | None]:
    uomini = sezione.elettori_m if sezione.elettori_m is not None else caso.randint(280, 450)
    donne = sezione.elettori_f if sezione.elettori_f is not None else caso.randint(300, 480)
    affluenza = caso.uniform(0.5, 0.68)
    votanti_m, votanti_f = round(uomini * affluenza), round(donne * affluenza * caso.uniform(0.96, 1.02))
    votanti = votanti_m + votanti_f
    bianche, nulle = round(votanti * caso.uniform(0.004, 0.015)), round(votanti * caso.uniform(0.01, 0.03))
    return {
        "elettori_m": uomini,
        "elettori_f": donne,
        "elettori": uomini + donne,
        "votanti_m": votanti_m,
        "votanti_f": votanti_f,
        "votanti": votanti,
        "non_restituite": 0,
        "schede_bianche": bianche,
        "schede_nulle": nulle,
        "contestate_non_attribuite": 0,
        "voti_validi": votanti - bianche - nulle,
    }


def _invent_liste(modulo: Modulo, celle, caso: random.Random, umori) -> None:
    per_sindaco: dict[int, list[int]] = {}
    for numero, _, sindaco in modulo.liste:
        per_sindaco.setdefault(sindaco, []).append(numero)
    for sindaco, liste in per_sindaco.items():
        suoi = (celle.get(f"voti_sindaci.{sindaco}") or 0) - (celle.get(f"solo_sindaco.{sindaco}") or 0)
        voti = _share_out(suoi, [umori[f"l{n}"] * caso.uniform(0.8, 1.25) for n in liste])
        for numero, quanti in zip(liste, voti, strict=True):
            celle[f"voti_liste.{numero}"] = quanti
            _invent_preferenze(modulo, celle, numero, quanti, caso, umori)
    if modulo.ha_liste:
        celle["totale_liste"] = sum(celle[f"voti_liste.{n}"] or 0 for n, _, _ in modulo.liste)


def _invent_preferenze(modulo: Modulo, celle, lista: int, voti: int, caso: random.Random, umori) -> None:
    """At most half of the ballots carry a preference for each sex: always within the law."""
    candidati = modulo.candidati.get(lista, ())
    totale = 0
    for sesso in {s for _, _, s in candidati}:
        suoi = [numero for numero, _, s in candidati if s == sesso]
        parti = _share_out(round(voti * caso.uniform(0.2, 0.5)), [umori[f"c{lista}.{n}"] for n in suoi])
        for numero, quanti in zip(suoi, parti, strict=True):
            celle[f"preferenze.{lista}.{numero}"] = quanti
            totale += quanti
    celle[f"totali_preferenze.{lista}"] = totale


def _share_out(totale: int, pesi: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights, which add up to the total."""
    somma = sum(pesi)
    parti = [int(totale * peso / somma) for peso in pesi]
    for i in sorted(range(len(pesi)), key=lambda i: -pesi[i])[: totale - sum(parti)]:
        parti[i] += 1
    parti[0] += totale - sum(parti)
    return parti


@transaction.atomic
def _write_sezione(sezione: Sezione, modulo: Modulo, cifre) -> bool:
    """Make a waiting section definitive with invented figures, marked as such."""
    scrutinio = get_scrutinio(sezione, modulo.turno)
    if scrutinio.stato != Stato.ATTESA:
        return False
    momento = timezone.now()
    write_tabelle(scrutinio, modulo, cifre)
    Scrutinio.objects.filter(pk=scrutinio.pk).update(
        stato=Stato.DEFINITIVO, versione=1, definitivo_il=momento, aggiornato_il=momento
    )
    scrutinio.refresh_from_db()
    seed_prima(scrutinio, modulo, by=None)
    Passaggio.objects.create(
        scrutinio=scrutinio, da=Stato.ATTESA, a=Stato.DEFINITIVO, motivo=SEGNO, fatto_il=momento
    )
    Annotazione.objects.create(sezione=sezione, turno=modulo.turno, testo=SEGNO)
    aperti = [riga.pk for riga in sync_rilievi(scrutinio, check_sezione(scrutinio, modulo, cifre))]
    RilievoSezione.objects.filter(pk__in=aperti).update(motivo=SEGNO, deciso_il=momento)
    _write_affluenze(sezione, modulo, cifre)
    return True


def _write_affluenze(sezione: Sezione, modulo: Modulo, cifre) -> None:
    ore = rilevazioni(sezione.elezione, modulo.turno)
    for i, ora in enumerate(ore, start=1):
        quota = i / len(ore)
        valori = {nome: round((cifre[nome] or 0) * quota) for nome in ("votanti_m", "votanti_f")}
        Affluenza.objects.update_or_create(
            elezione=sezione.elezione,
            turno=modulo.turno,
            rilevazione=ora.codice,
            sezione=sezione,
            defaults={
                "votanti": sum(valori.values()),
                "votanti_m": valori["votanti_m"] if ora.is_chiusura else None,
                "votanti_f": valori["votanti_f"] if ora.is_chiusura else None,
                "versione": 1,
                "aggiornata_il": timezone.now(),
            },
        )
