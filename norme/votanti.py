"""First step of the count: electors, voters, turnout, ballots (artt. 39-53, 63, 68 TU)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from norme.dati_scrutinio import DatiScrutinio, Quadro
from norme.parametri import Parametri, parametri_at
from norme.parole import quota_percentuale
from norme.rilievi import Rilievo, rileva

CAMPI_SCHEDE = (
    *("elettori_m", "elettori_f", "elettori", "ammessi", "votanti_m", "votanti_f", "votanti", "affluenze"),
    *("autenticate", "residue", "voti_validi", "schede_bianche", "schede_nulle"),
    *("contestate_non_attribuite", "non_restituite"),
)
SESSI = (("uomini", "m"), ("donne", "f"))


def check_schede(quadro: Quadro) -> Iterator[Rilievo]:
    """Findings of the step "schede"."""
    dati, soglie = quadro.dati, quadro.soglie
    obbligatorie = ("votanti", "voti_validi", "schede_bianche", "schede_nulle")
    vuote = tuple(nome for nome in obbligatorie if getattr(dati, nome) is None)
    if quadro.is_finito and vuote:
        quali = ", ".join(vuote).replace("_", " ")
        yield rileva("E412", *vuote, mancanti=len(vuote), quali=quali)
    yield from check_negativi(dati.numeri(CAMPI_SCHEDE))
    yield from _check_somme(dati)
    yield from _check_affluenze(dati, soglie)
    yield from _check_chiusura(dati)
    yield from _check_iscritti(dati, soglie)
    yield from _check_elettori(dati, soglie)
    yield from _check_schede_votanti(quadro)
    yield from _check_autenticate(dati, soglie)
    yield from _check_soglie(dati, soglie)


def check_negativi(numeri: Iterable[tuple[str, int]]) -> Iterator[Rilievo]:
    """E408: a count below zero."""
    for campo, numero in numeri:
        if numero < 0:
            yield rileva("E408", campo, valore=numero)


def _check_somme(dati: DatiScrutinio) -> Iterator[Rilievo]:
    for codice, nome in (("E406", "elettori"), ("E401", "votanti")):
        uomini, donne, totale = (getattr(dati, nome + coda) for coda in ("_m", "_f", ""))
        if None not in (uomini, donne, totale) and uomini + donne != totale:
            campi = (f"{nome}_m", f"{nome}_f", nome)
            yield rileva(codice, *campi, uomini=uomini, donne=donne, somma=uomini + donne, totale=totale)


def _check_affluenze(dati: DatiScrutinio, soglie: Any) -> Iterator[Rilievo]:
    scritte = [(str(ora), votanti) for ora, votanti in dati.affluenze.items() if votanti is not None]
    for (ora_prima, prima), (ora, votanti) in pairwise(scritte):
        if votanti < prima:
            campi = (f"affluenze.{ora_prima}", f"affluenze.{ora}")
            yield rileva("E402", *campi, ora=ora, votanti=votanti, ora_prima=ora_prima, prima=prima)
    finali = dati.votanti_totali()
    if scritte and finali is not None and finali < (ultima := scritte[-1])[1]:
        campi = ("votanti", f"affluenze.{ultima[0]}")
        yield rileva("E403", *campi, ora=ultima[0], votanti=finali, prima=ultima[1])
    for ora, votanti in scritte:
        if _excess(dati, votanti, dati.elettori_totali(), soglie) == "E":
            iscritti = _enrolled(dati, dati.elettori_totali())
            yield rileva("E407", f"affluenze.{ora}", ora=ora, votanti=votanti, **iscritti)


def _check_chiusura(dati: DatiScrutinio) -> Iterator[Rilievo]:
    """The voters are those told when the polls closed; fewer than at the last hour are E403, said already.

    Only a warning in hospitals and special seats, where ballots taken elsewhere are poured in the box.
    """
    finali, chiusura = dati.votanti_totali(), dati.chiusura
    if finali is not None and chiusura is not None and finali != chiusura:
        ore = [(ora, votanti) for ora, votanti in dati.affluenze.items() if votanti is not None]
        if not ore or finali >= (ore[-1][1] or 0):
            campi = ("votanti", *(f"affluenze.{ora}" for ora, votanti in ore[-1:] if votanti == chiusura))
            yield rileva("W446" if dati.speciale else "E409", *campi, votanti=finali, chiusura=chiusura)
        return
    qui, detti = (dati.votanti_m, dati.votanti_f), (dati.chiusura_m, dati.chiusura_f)
    if None in (*qui, *detti) or qui == detti or sum(v or 0 for v in qui) != sum(v or 0 for v in detti):
        return
    contesto = {"uomini": qui[0] or 0, "donne": qui[1] or 0}
    contesto |= {"uomini_prima": detti[0] or 0, "donne_prima": detti[1] or 0}
    yield rileva("W447", "votanti_m", "votanti_f", **contesto)


def find_chiusura(dati: DatiScrutinio, parametri: Parametri) -> int | None:
    """Voters told at the closing, where the last turnout written is that of the last hour of the law."""
    scritte = [(str(ora), votanti) for ora, votanti in dati.affluenze.items() if votanti is not None]
    ore = [ora.removesuffix(":00") for _, ora in _ore_del_turno(dati.turno, parametri)]
    if not scritte or not ore or scritte[-1][0].removesuffix(":00") != ore[-1]:
        return None
    # the same hour on two days: alone it may be that of the first
    return None if ore.count(ore[-1]) > 1 and len(scritte) == 1 else scritte[-1][1]


def _ore_del_turno(turno: int, parametri: Parametri) -> Sequence[tuple[int, str]]:
    """(day, hour) of the turnout; the runoff is under the law of its own day."""
    caso = parametri.caso
    if turno == 2:
        if "ballottaggio_giorni" not in parametri:
            return ()
        giorno = caso.data + timedelta(days=parametri.intero("ballottaggio_giorni"))
        parametri = parametri_at(giorno, popolazione=caso.popolazione, ordinamento=caso.ordinamento)
    return parametri.valore("rilevazioni_affluenza") if "rilevazioni_affluenza" in parametri else ()


def _check_iscritti(dati: DatiScrutinio, soglie: Any) -> Iterator[Rilievo]:
    """Electors on the paper far from those of the list: maybe the sheet of another section."""
    iscritti = _sum_known(dati.iscritti_m, dati.iscritti_f)
    if dati.speciale or not iscritti:
        return
    lontani = [
        (campo, qui, lista)
        for campo, qui, lista in (
            ("elettori", dati.elettori_totali(), iscritti),
            ("elettori_m", dati.elettori_m, dati.iscritti_m),
            ("elettori_f", dati.elettori_f, dati.iscritti_f),
        )
        if qui is not None
        and lista
        and abs(qui - lista) > max(soglie["iscritti_scarto_minimo"], lista * soglie["iscritti_scarto_quota"])
    ]
    if lontani:
        _, qui, lista = lontani[0]
        yield rileva("W448", *(campo for campo, _, _ in lontani), elettori=qui, iscritti=lista)


def _sum_known(uomini: int | None, donne: int | None) -> int | None:
    return None if uomini is None or donne is None else uomini + donne


def _excess(dati: DatiScrutinio, votanti: int | None, elettori: int | None, soglie: Any) -> str:
    """ "E" when so many voters are impossible, "W" when they may be added electors nobody counted."""
    if votanti is None or not elettori:
        return ""
    eccesso = votanti - elettori - (dati.ammessi or 0)
    if eccesso <= 0:
        return ""
    regolare = elettori >= soglie["elettori_sezione_regolare"] and eccesso > soglie["ammessi_plausibili"]
    return "E" if not dati.speciale and (dati.ammessi is not None or regolare) else "W"


def _enrolled(dati: DatiScrutinio, elettori: int | None) -> dict[str, int | str]:
    return {"elettori": elettori or 0, "ammessi": "?" if dati.ammessi is None else dati.ammessi}


def _check_elettori(dati: DatiScrutinio, soglie: Any) -> Iterator[Rilievo]:
    votanti, elettori = dati.votanti_totali(), dati.elettori_totali()
    if votanti == 0 or (elettori == 0 and votanti is not None):
        yield rileva("W404", "elettori", "votanti", elettori=elettori or 0, votanti=votanti)
    oltre = tuple(_check_oltre(dati, soglie, "", votanti, elettori))
    yield from oltre
    if oltre:
        return
    for nome, coda in SESSI:
        suoi, iscritti = getattr(dati, f"votanti_{coda}"), getattr(dati, f"elettori_{coda}")
        yield from _check_oltre(dati, soglie, nome, suoi, iscritti)


def _check_oltre(
    dati: DatiScrutinio, soglie: Any, sesso: str, votanti: int | None, elettori: int | None
) -> Iterator[Rilievo]:
    """Voters above electors, in all or of one sex."""
    gravita = _excess(dati, votanti, elettori, soglie)
    contesto: dict[str, int | str] = {"votanti": votanti or 0, **_enrolled(dati, elettori)}
    coda = f"_{dict(SESSI)[sesso]}" if sesso else ""
    if gravita == "E":
        campi = (f"elettori{coda}", "ammessi", f"votanti{coda}")
        yield rileva("E405" if sesso else "E404", *campi, sesso=sesso, **contesto)
    elif gravita == "W":
        yield rileva("W405", "ammessi", **contesto)


def _check_schede_votanti(quadro: Quadro) -> Iterator[Rilievo]:
    """V = valid + blank + null + contested not assigned + not returned."""
    dati = quadro.dati
    votanti = dati.votanti_totali()
    voci = (quadro.valide, dati.schede_bianche, dati.schede_nulle)
    altre = (dati.contestate_non_attribuite, dati.non_restituite)
    if votanti is None:
        return
    somma = sum(voce or 0 for voce in voci + altre)
    differenza = votanti - somma
    if differenza == 0 or (differenza > 0 and None in voci):
        return
    ignote = 0 < differenza <= _unknown(dati, votanti, quadro.soglie)
    nomi = ("valide", "bianche", "nulle", "contestate", "non_restituite")
    contesto: dict[str, int | str] = {
        nome: "?" if voce is None else voce for nome, voce in zip(nomi, voci + altre, strict=True)
    }
    contesto |= {"votanti": votanti, "somma": somma, "differenza": abs(differenza)}
    yield Rilievo("W407" if ignote else "E410", ("votanti", *CAMPI_SCHEDE[-5:]), contesto)


def _unknown(dati: DatiScrutinio, votanti: int, soglie: Any) -> Fraction | int:
    """How many missing ballots may be in boxes nobody filled: contested, not returned."""
    plausibili: Fraction | int = 0
    if dati.contestate_non_attribuite is None:
        plausibili = max(soglie["contestate_plausibili"], votanti * soglie["contestate_quota"])
    if dati.non_restituite is None:
        plausibili += soglie["non_restituite_plausibili"]
    return plausibili


def _check_autenticate(dati: DatiScrutinio, soglie: Any) -> Iterator[Rilievo]:
    """Used ballots are those of the voters; voters added outside the list may have had extra ones."""
    votanti, elettori = dati.votanti_totali(), dati.elettori_totali()
    if dati.autenticate is None:
        return
    oltre = dati.autenticate - (elettori or 0)
    if elettori and not dati.speciale and not 0 <= oltre <= (dati.ammessi or 0):
        yield rileva("W406", "autenticate", autenticate=dati.autenticate, elettori=elettori)
    if dati.residue is None or votanti is None:
        return
    usate = dati.autenticate - dati.residue
    if 0 <= votanti - usate <= (dati.ammessi or 0):
        return
    aggiunte = soglie["ammessi_plausibili"] if dati.ammessi is None else dati.ammessi
    plausibile = -soglie["sostituite_plausibili"] <= votanti - usate <= aggiunte
    contesto = {"autenticate": dati.autenticate, "residue": dati.residue, "usate": usate, "votanti": votanti}
    yield rileva("W408" if plausibile else "E411", "autenticate", "residue", "votanti", **contesto)


def _check_soglie(dati: DatiScrutinio, soglie: Any) -> Iterator[Rilievo]:
    votanti = dati.votanti_totali()
    for codice, campo, soglia in (
        ("W401", "schede_bianche", "bianche_quota"),
        ("W402", "schede_nulle", "nulle_quota"),
    ):
        schede = getattr(dati, campo)
        if votanti and schede is not None and schede >= soglie["schede_minime"]:
            if Fraction(schede, votanti) < soglie[soglia]:
                continue
            quota = quota_percentuale(schede, votanti, decimali=1)
            yield rileva(codice, campo, schede=schede, votanti=votanti, quota=quota)
    if dati.contestate_non_attribuite:
        yield rileva("W403", "contestate_non_attribuite", schede=dati.contestate_non_attribuite)
    if votanti and votanti < soglie["votanti_riservatezza"]:
        yield rileva("W413", "votanti", votanti=votanti)
