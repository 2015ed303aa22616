"""A section against the others and against the past: odd figures that no identity can refute. Only warnings.

Thresholds are data (``avvisi_confronti``). On the 43 real sections of San Benedetto del Tronto 2021 they
give the false alarms counted in ``tests/norme/test_confronti.py``, which also measures the slips caught.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from norme.dati_scrutinio import Celle, DatiScrutinio, Id, add, paths
from norme.parametri import Parametri
from norme.parole import quota_percentuale
from norme.profilo import (
    Misura,
    Profilo,
    build_profilo,
    find_scambi,
    find_slittamento,
    measure_scarto,
)
from norme.rilievi import Rilievo, rileva

__all__ = ["check_confronti", "check_precedente", "check_tutte"]


def check_tutte(sezioni: Sequence[DatiScrutinio], *, parametri: Parametri) -> dict[Id | None, list[Rilievo]]:
    """The warnings of every section, each compared with all the others; sections without any are left out."""
    profilo = build_profilo(sezioni)
    trovati = {dati.sezione: check_confronti(dati, profilo=profilo, parametri=parametri) for dati in sezioni}
    return {sezione: rilievi for sezione, rilievi in trovati.items() if rilievi}


def check_confronti(dati: DatiScrutinio, *, profilo: Profilo, parametri: Parametri) -> list[Rilievo]:
    """One section against the others of the profile (its own figures there, if any, do not count)."""
    soglie = parametri.valore("avvisi_confronti")
    altre = sum(sezione.sezione != dati.sezione for sezione in profilo.sezioni)
    if altre < soglie["sezioni_minime"]:
        return []
    rilievi = [*_check_quote(dati, profilo, soglie), *_check_sindaci(dati, profilo, soglie)]
    rilievi += _check_liste(dati, profilo, soglie)
    for lista in dati.preferenze:
        rilievi += _check_preferenze(dati, lista, profilo, soglie)
    return rilievi


# --- shares


def quota_nulle(dati: DatiScrutinio) -> float | None:
    """Null ballots over voters."""
    return _share(dati.schede_nulle, dati.votanti_totali())


def quota_bianche(dati: DatiScrutinio) -> float | None:
    """Blank ballots over voters."""
    return _share(dati.schede_bianche, dati.votanti_totali())


def affluenza(dati: DatiScrutinio) -> float | None:
    """Voters over electors; unknown where the electors are all added."""
    return None if dati.speciale else _share(dati.votanti_totali(), dati.elettori_totali())


def quota_sindaco(dati: DatiScrutinio, sindaco: Id) -> float | None:
    """Votes of a sindaco over those of all."""
    return _share(dati.voti_sindaci.get(sindaco), add(dati.voti_sindaci).valore)


def _share(parte: int | None, tutto: int | None) -> float | None:
    return parte / tutto if parte is not None and tutto else None


def _check_quote(dati: DatiScrutinio, profilo: Profilo, soglie: Any) -> Iterator[Rilievo]:
    if (dati.votanti_totali() or 0) < soglie["votanti_minimi"]:
        return
    prove: tuple[tuple[str, Misura, str, str], ...] = (
        ("W433", quota_nulle, "schede_nulle", "scarto"),
        ("W434", quota_bianche, "schede_bianche", "scarto"),
        ("W435", affluenza, "votanti", "affluenza_scarto"),
    )
    for codice, misura, campo, soglia in prove:
        quota, altre = misura(dati), profilo.quote_altrui(dati, misura, codice)
        if quota is None or len(altre) < soglie["sezioni_minime"]:
            continue
        scarto = measure_scarto(quota, altre)
        lontana = scarto.deviazioni >= soglie[f"{soglia}_robusto"]
        if lontana and abs(quota - scarto.mediana) >= soglie[f"{soglia}_minimo"]:
            campi = ("elettori", campo) if codice == "W435" else (campo,)
            quote = {"quota": _percent(quota), "mediana": _percent(scarto.mediana)}
            yield rileva(codice, *campi, schede=getattr(dati, campo) or 0, **quote)


def _percent(quota: float | Fraction) -> str:
    return f"{float(100 * quota):.1f}".replace(".", ",")


# --- columns of votes


def _check_sindaci(dati: DatiScrutinio, profilo: Profilo, soglie: Any) -> Iterator[Rilievo]:
    altrove = profilo.senza(dati, lambda d: d.voti_sindaci, "sindaci")
    qui = dati.voti_sindaci
    scambi = _swaps(qui, altrove, soglie)
    if not scambi and (da := _first_slid(qui, altrove, soglie)) is not None:
        yield rileva("W443", *paths("voti_sindaci", qui), sindaco=da)
        return
    for uno, altro in scambi:
        voti = {"voti": qui[uno] or 0, "voti_altro": qui[altro] or 0}
        yield rileva("W442", *paths("voti_sindaci", (uno, altro)), sindaco=uno, altro=altro, **voti)
    yield from _check_quote_sindaci(dati, profilo, soglie)


def _check_quote_sindaci(dati: DatiScrutinio, profilo: Profilo, soglie: Any) -> Iterator[Rilievo]:
    somma = add(dati.voti_sindaci).valore
    for sindaco in dati.voti_sindaci:
        misura = partial(quota_sindaco, sindaco=sindaco)
        quota, altre = misura(dati), profilo.quote_altrui(dati, misura, f"sindaco.{sindaco}")
        if quota is None or len(altre) < soglie["sezioni_minime"]:
            continue
        scarto = measure_scarto(quota, altre)
        voti = abs(quota - scarto.mediana) * somma
        if scarto.deviazioni >= soglie["sindaco_scarto_robusto"] and voti >= soglie["sindaco_scarto_voti"]:
            quote = {"quota": _percent(quota), "mediana": _percent(scarto.mediana)}
            yield rileva("W445", f"voti_sindaci.{sindaco}", sindaco=sindaco, **quote)


def _check_liste(dati: DatiScrutinio, profilo: Profilo, soglie: Any) -> Iterator[Rilievo]:
    altrove = profilo.senza(dati, lambda d: d.voti_liste, "liste")
    qui = dati.voti_liste
    somma, fuori = add(qui).valore, sum(altrove.values())
    if not somma or not fuori:
        return
    scambi = _swaps(qui, altrove, soglie)
    if not scambi and (da := _first_slid(qui, altrove, soglie)) is not None:
        yield rileva("W441", *paths("voti_liste", qui), lista=da)
    for uno, altro in scambi:
        voti = {"voti": qui[uno] or 0, "voti_altra": qui[altro] or 0}
        yield rileva("W440", *paths("voti_liste", (uno, altro)), lista=uno, altra=altro, **voti)
    for lista, voti_lista in qui.items():
        if voti_lista is None:
            continue
        quota = Fraction(altrove.get(lista, 0), fuori)
        campo = f"voti_liste.{lista}"
        if voti_lista == 0 and quota * somma >= soglie["lista_attesi_minimi"]:
            attesi = round(quota * somma)
            yield rileva(
                "W430", campo, lista=lista, voti=0, valide=somma, quota=_percent(quota), attesi=attesi
            )
        altissima = voti_lista >= somma * soglie["quota_altissima"] and somma >= soglie["votanti_minimi"]
        if altissima and quota < soglie["quota_bassissima"]:
            qui_quota = quota_percentuale(voti_lista, somma, decimali=1)
            yield rileva("W431", campo, lista=lista, qui=qui_quota, quota=_percent(quota))


def _check_preferenze(dati: DatiScrutinio, lista: Id, profilo: Profilo, soglie: Any) -> Iterator[Rilievo]:
    qui = dati.preferenze[lista]
    altrove = profilo.senza(dati, partial(_preferenze_di, lista=lista), f"preferenze.{lista}")
    campo = f"preferenze.{lista}"
    scambi = _swaps(qui, altrove, soglie)
    if not scambi and (da := _first_slid(qui, altrove, soglie)) is not None:
        yield rileva("W432", *paths(campo, qui), lista=lista, candidato=da)
        return
    for uno, altro in scambi:
        numeri = {"preferenze": qui[uno] or 0, "preferenze_altro": qui[altro] or 0}
        yield rileva("W436", *paths(campo, (uno, altro)), lista=lista, candidato=uno, altro=altro, **numeri)
    voti, fuori = dati.voti_liste.get(lista) or 0, profilo.senza(dati, lambda d: d.voti_liste, "liste")
    for candidato, preferenze in qui.items():
        attesi = Fraction(altrove.get(candidato, 0) * voti, fuori.get(lista) or 1)
        if preferenze == 0 and attesi >= soglie["candidato_attesi_minimi"]:
            yield rileva(
                "W444", f"{campo}.{candidato}", lista=lista, candidato=candidato, attesi=round(attesi)
            )


def _preferenze_di(dati: DatiScrutinio, lista: Id) -> Celle:
    return dati.preferenze.get(lista, {})


def _first_slid(qui: Celle, altrove: Mapping[Id, int], soglie: Any) -> Id | None:
    """The row from which the column looks moved by one, if it does."""
    chiavi = list(qui)
    valori = [qui[chiave] or 0 for chiave in chiavi]
    fuori = [altrove.get(chiave, 0) for chiave in chiavi]
    if min(sum(valori), sum(fuori)) < soglie["slittamento_voti"]:
        return None
    slittamento = find_slittamento(valori, fuori, guadagno=float(soglie["slittamento_guadagno"]))
    if slittamento is None or slittamento.guadagno < soglie["slittamento_guadagno"]:
        return None
    return (
        chiavi[slittamento.riga] if slittamento.correlazione >= soglie["slittamento_correlazione"] else None
    )


def _swaps(qui: Celle, altrove: Mapping[Id, int], soglie: Any) -> list[tuple[Id, Id]]:
    return find_scambi(
        qui,
        altrove,
        minimo=soglie["scambio_voti"],
        quota=soglie["scambio_quota"],
        eccesso=soglie["scambio_eccesso"],
    )


# --- the past


def check_precedente(
    dati: DatiScrutinio, *, prima: DatiScrutinio, parametri: Parametri, variazione: float = 0
) -> list[Rilievo]:
    """One section against itself at the previous election, or the runoff against the first turno.

    ``variazione`` is how the turnout of the whole comune changed (a share): it is taken off first.
    """
    soglie = parametri.valore("avvisi_confronti")
    elettori, erano = dati.elettori_totali(), prima.elettori_totali()
    rilievi: list[Rilievo] = []
    is_ballottaggio = dati.turno == 2 and prima.turno == 1
    soglia = soglie["ballottaggio_elettori" if is_ballottaggio else "precedente_elettori"]
    if elettori and erano and abs(elettori - erano) > erano * soglia:
        codice = "W439" if is_ballottaggio else "W437"
        rilievi.append(rileva(codice, "elettori", elettori=elettori, prima=erano))
    quota, era = affluenza(dati), affluenza(prima)
    if quota is None or era is None or is_ballottaggio:
        return rilievi
    if abs(quota - era - variazione) > soglie["precedente_affluenza"]:
        punti = round(100 * variazione)
        quote = {"quota": _percent(quota), "prima": _percent(era)}
        rilievi.append(rileva("W438", "elettori", "votanti", variazione=punti, **quote))
    return rilievi
