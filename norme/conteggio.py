"""Steps "sindaco", "liste" and "preferenze" of the count of one section (artt. 63 and 68 TU; 71-73 TUEL)."""

from collections.abc import Iterator

from norme.dati_scrutinio import Celle, Id, Quadro, Somma, add, paths
from norme.rilievi import Rilievo, rileva
from norme.votanti import check_negativi

SESSI = (("uomini", "M"), ("donne", "F"))


def check_sindaci(quadro: Quadro) -> Iterator[Rilievo]:
    """Votes of the sindaci, and of the sindaco alone."""
    dati = quadro.dati
    yield from check_negativi(dati.numeri(("voti_sindaci", "solo_sindaco", "totale_sindaci")))
    yield from _check_totale(quadro, "E421", "voti_sindaci", "totale_sindaci")
    yield from _check_totale(quadro, "E424", "solo_sindaco", "totale_solo_sindaco")
    votati = tuple(sindaco for sindaco, voti in dati.voti_sindaci.items() if voti)
    if quadro.is_ballottaggio and len(votati) > 2:
        yield rileva("E423", *paths("voti_sindaci", votati), candidati=len(votati))
    somma = add(dati.voti_sindaci)
    mancano = _known_gap(dati.totale_sindaci, somma)
    if dati.voti_validi is not None and somma.celle:
        yield from _check_somma_sindaci(quadro, somma, dati.voti_validi)
        if mancano is None and quadro.is_sindaco_certo:
            mancano = dati.voti_validi - somma.valore
    yield from _check_vuote(quadro, "voti_sindaci", somma, mancano)
    if quadro.is_ballottaggio:
        return
    for sindaco, solo in dati.solo_sindaco.items():
        yield from _check_solo(quadro, sindaco, solo or 0, dati.voti_sindaci.get(sindaco))
    if quadro.is_unico and (solo := add(dati.solo_sindaco).valore):
        campi = paths("solo_sindaco", (s for s, voti in dati.solo_sindaco.items() if voti))
        yield rileva("W416", *campi, solo=solo)


def check_liste(quadro: Quadro) -> Iterator[Rilievo]:
    """Votes of the lists."""
    dati = quadro.dati
    if quadro.is_ballottaggio:
        yield from _check_niente_liste(quadro)
        return
    yield from check_negativi(dati.numeri(("voti_liste", "voti_lista_nulli", "totale_liste")))
    yield from _check_totale(quadro, "E432", "voti_liste", "totale_liste")
    somma = add(dati.voti_liste)
    mancano = _known_gap(dati.totale_liste, somma)
    if quadro.is_unico:
        yield from _check_lista_uguale_sindaco(quadro)
    if (valide := quadro.valide) is not None:
        for lista, voti in dati.voti_liste.items():
            if voti is not None and voti > valide:
                yield rileva("E431", f"voti_liste.{lista}", lista=lista, voti=voti, valide=valide)
        yield from _check_somma_liste(quadro, somma, valide)
        if mancano is None and _is_solo_noto(quadro):
            mancano = _votes_without_a_row(quadro, valide - somma.valore - _soli(quadro), valide)
    yield from _check_vuote(quadro, "voti_liste", somma, mancano)
    if not quadro.is_unico:
        yield from _check_disgiunto(quadro)


def check_preferenze(quadro: Quadro, lista: Id) -> Iterator[Rilievo]:
    """Preferences of the candidates of one list."""
    dati = quadro.dati
    if quadro.is_ballottaggio:
        return
    campo = f"preferenze.{lista}"
    celle = dati.preferenze[lista]
    somma = add(celle)
    yield from check_negativi((f"{campo}.{c}", p) for c, p in celle.items() if p is not None)
    totale = dati.totali_preferenze.get(lista)
    if totale is not None and totale != somma.valore:
        campi = (*paths(campo, celle), f"totali_preferenze.{lista}")
        yield rileva("E444", *campi, lista=lista, totale=totale, somma=somma.valore)
    voti = _voti_lista(quadro, lista)
    if voti is not None:
        yield from _check_limiti(quadro, lista, somma, voti)
    elif somma.valore and (quadro.is_finito or add(dati.voti_liste).is_parziale):
        yield rileva("E443", f"voti_liste.{lista}", lista=lista, preferenze=somma.valore)


# --- sindaci


def _check_somma_sindaci(quadro: Quadro, somma: Somma, valide: int) -> Iterator[Rilievo]:
    differenza = valide - somma.valore
    codice = ""
    if differenza < 0 or (differenza and somma.is_completa and quadro.is_sindaco_certo):
        codice = "E420"
    elif differenza and somma.is_completa and quadro.is_lista_estesa:
        codice = "W417"
    if codice:
        campi = (*paths("voti_sindaci", quadro.dati.voti_sindaci), "voti_validi")
        yield rileva(codice, *campi, somma=somma.valore, valide=valide, differenza=abs(differenza))


def _check_solo(quadro: Quadro, sindaco: Id, solo: int, voti: int | None) -> Iterator[Rilievo]:
    if voti is None:
        return
    campo = f"solo_sindaco.{sindaco}"
    if solo > voti:
        yield rileva("E422", f"voti_sindaci.{sindaco}", campo, sindaco=sindaco, voti=voti, solo=solo)
    elif not quadro.is_unico and _is_solo_molto(quadro, solo, voti):
        yield rileva("W415", campo, sindaco=sindaco, voti=voti, solo=solo)


def _is_solo_molto(quadro: Quadro, solo: int, voti: int) -> bool:
    soglie = quadro.soglie
    return bool(solo >= soglie["solo_sindaco_voti"] and solo >= voti * soglie["solo_sindaco_quota"])


# --- liste


def _check_niente_liste(quadro: Quadro) -> Iterator[Rilievo]:
    campi = ("voti_liste", "solo_sindaco", "preferenze")
    pieni = [(campo, numero) for campo, numero in quadro.dati.numeri(campi) if numero]
    if pieni:
        yield rileva("E425", *(campo for campo, _ in pieni), voti=sum(numero for _, numero in pieni))


def _check_lista_uguale_sindaco(quadro: Quadro) -> Iterator[Rilievo]:
    dati = quadro.dati
    for lista, voti in dati.voti_liste.items():
        sindaco = dati.collegamenti.get(lista)
        suoi = None if sindaco is None else dati.voti_sindaci.get(sindaco)
        if voti is not None and suoi is not None and voti != suoi:
            campi = (f"voti_liste.{lista}", f"voti_sindaci.{sindaco}")
            yield rileva("E433", *campi, lista=lista, voti=voti, voti_sindaco=suoi)


def _soli(quadro: Quadro) -> int:
    """Ballots without a list vote; with the single vote there are none."""
    return 0 if quadro.is_unico else add(quadro.dati.solo_sindaco).valore


def _is_solo_noto(quadro: Quadro) -> bool:
    solo = quadro.dati.solo_sindaco
    return quadro.is_unico or (add(solo).is_completa and set(solo) >= set(quadro.dati.voti_sindaci))


def _check_somma_liste(quadro: Quadro, somma: Somma, valide: int) -> Iterator[Rilievo]:
    """Valid ballots = list votes + sindaco alone + null list votes.

    Some forms count the null list votes among those of the sindaco alone: then the first two suffice.
    """
    dati = quadro.dati
    nulli, soli = dati.voti_lista_nulli, _soli(quadro)
    liste = paths("voti_liste", dati.voti_liste)
    if somma.valore > valide:
        differenza = somma.valore - valide
        yield rileva("E434", *liste, "voti_validi", somma=somma.valore, valide=valide, differenza=differenza)
        return
    mancano = valide - somma.valore - soli
    if not somma.celle or quadro.is_unico or mancano in (0, nulli):
        return
    codice = "E430"
    if mancano > (nulli or 0):
        if not somma.is_completa or not _is_solo_noto(quadro):
            return
        codice = "E430" if _is_buco_impossibile(quadro, mancano, valide) else "W409"
    campi = (*liste, *paths("solo_sindaco", dati.solo_sindaco), "voti_lista_nulli", "voti_validi")
    yield rileva(
        codice,
        *campi,
        somma=somma.valore,
        solo=soli,
        nulli="?" if nulli is None else nulli,
        tutti=somma.valore + soli + (nulli or 0),
        valide=valide,
        differenza=abs(mancano - (nulli or 0)),
    )


def _votes_without_a_row(quadro: Quadro, mancano: int, valide: int) -> int:
    """How many votes the empty lists must hold, once the null list votes nobody counted are left out."""
    if quadro.is_finito or mancano < 0 or _is_buco_impossibile(quadro, mancano, valide):
        return mancano
    return 0


def _is_buco_impossibile(quadro: Quadro, mancano: int, valide: int) -> bool:
    """Whether the missing list votes cannot be null list votes that nobody counted."""
    if not quadro.is_sindaco_certo or quadro.dati.voti_lista_nulli is not None:
        return quadro.is_sindaco_certo
    soglie = quadro.soglie
    plausibili = max(soglie["liste_nulle_minime"], valide * soglie["liste_nulle_quota"])
    return bool(mancano > min(soglie["liste_nulle_massime"], plausibili))


def _check_disgiunto(quadro: Quadro) -> Iterator[Rilievo]:
    """A sindaco far from his lists plus his own votes: split votes, or rows out of place."""
    dati, soglie = quadro.dati, quadro.soglie
    for sindaco, voti in dati.voti_sindaci.items():
        sue = dati.lista_di(sindaco)
        celle = [dati.voti_liste.get(lista) for lista in sue]
        if voti is None or not sue or None in celle or dati.solo_sindaco.get(sindaco) is None:
            continue
        suoi = sum(voce or 0 for voce in celle) + (dati.solo_sindaco[sindaco] or 0)
        scarto = abs(voti - suoi)
        if scarto >= soglie["disgiunto_voti"] and scarto >= max(voti, suoi) * soglie["disgiunto_quota"]:
            campi = (f"voti_sindaci.{sindaco}", *paths("voti_liste", sue))
            yield rileva("W412", *campi, sindaco=sindaco, voti=voti, suoi=suoi, differenza=scarto)


# --- preferenze


def _voti_lista(quadro: Quadro, lista: Id) -> int | None:
    """Votes of a list; with the single vote they are those of its sindaco."""
    dati = quadro.dati
    voti, sindaco = dati.voti_liste.get(lista), dati.collegamenti.get(lista)
    if voti is None and quadro.is_unico and sindaco is not None:
        return dati.voti_sindaci.get(sindaco)
    return voti


def _check_limiti(quadro: Quadro, lista: Id, somma: Somma, voti: int) -> Iterator[Rilievo]:
    celle = quadro.dati.preferenze[lista]
    troppe = [(c, p) for c, p in celle.items() if p is not None and p > voti]
    for candidato, preferenze in troppe:
        campi = (f"preferenze.{lista}.{candidato}", f"voti_liste.{lista}")
        yield rileva("E440", *campi, candidato=candidato, lista=lista, preferenze=preferenze, voti=voti)
    if not troppe:
        yield from _check_totali(quadro, lista, somma, voti)
        yield from _check_strane(quadro, lista, somma, voti)


def _check_totali(quadro: Quadro, lista: Id, somma: Somma, voti: int) -> Iterator[Rilievo]:
    celle = quadro.dati.preferenze[lista]
    per_sesso = _by_sesso(quadro, lista)
    for sesso, suoi in per_sesso.items():
        preferenze = sum(celle[candidato] or 0 for candidato in suoi)
        if preferenze > voti:
            codice = "W418" if preferenze - voti <= _tolerated(quadro, voti) else "E442"
            campi = (*paths(f"preferenze.{lista}", suoi), f"voti_liste.{lista}")
            yield rileva(codice, *campi, sesso=sesso, lista=lista, preferenze=preferenze, voti=voti)
    massime = quadro.preferenze_massime
    if not per_sesso and somma.valore > massime * voti:
        campi = (*paths(f"preferenze.{lista}", celle), f"voti_liste.{lista}")
        yield rileva("E441", *campi, lista=lista, preferenze=somma.valore, massime=massime, voti=voti)


def _tolerated(quadro: Quadro, voti: int) -> int:
    """How many preferences of one sex above the list votes may be second preferences wrongly counted.

    The law allows none; official, validated figures have some, because the ballots were counted so.
    """
    soglie = quadro.soglie
    plausibili = max(soglie["stesso_sesso_minime"], voti * soglie["stesso_sesso_quota"])
    return int(min(soglie["stesso_sesso_massime"], plausibili))


def _by_sesso(quadro: Quadro, lista: Id) -> dict[str, list[Id]]:
    """Candidates by sex, when the second preference must be of the other sex and every sex is known."""
    sessi = quadro.dati.sessi.get(lista, {})
    celle = quadro.dati.preferenze[lista]
    if not quadro.is_sesso_diverso or any(sessi.get(candidato) not in ("M", "F") for candidato in celle):
        return {}
    return {nome: [c for c in celle if sessi[c] == sigla] for nome, sigla in SESSI}


def _check_strane(quadro: Quadro, lista: Id, somma: Somma, voti: int) -> Iterator[Rilievo]:
    celle, soglie = quadro.dati.preferenze[lista], quadro.soglie
    if somma.celle and not somma.valore and voti >= soglie["preferenze_attese_da_voti"]:
        yield rileva("W410", *paths(f"preferenze.{lista}", celle), lista=lista, voti=voti)
    for candidato, preferenze in celle.items():
        if preferenze == voti >= soglie["preferenza_totale_da_voti"]:
            campo = f"preferenze.{lista}.{candidato}"
            yield rileva("W411", campo, candidato=candidato, lista=lista, preferenze=preferenze)


# --- somme


def _check_totale(quadro: Quadro, codice: str, campo: str, totale: str) -> Iterator[Rilievo]:
    """The total written on the paper against the sum of the boxes."""
    celle: Celle = getattr(quadro.dati, campo)
    scritto: int | None = getattr(quadro.dati, totale)
    somma = add(celle)
    if scritto is None or scritto == somma.valore or not somma.celle:
        return
    if somma.is_completa or somma.valore > scritto:
        yield rileva(codice, *paths(campo, celle), totale, totale=scritto, somma=somma.valore)


def _known_gap(totale: int | None, somma: Somma) -> int | None:
    """How many votes the empty boxes must hold, by the total on the paper."""
    return None if totale is None else totale - somma.valore


def _check_vuote(quadro: Quadro, campo: str, somma: Somma, mancano: int | None) -> Iterator[Rilievo]:
    """Empty boxes: an error when the step is finished or votes are missing, else a doubt."""
    if not somma.mancanti or not (quadro.is_finito or somma.is_parziale):
        return
    vuote = somma.mancanti
    is_errore = mancano != 0 if quadro.is_finito else bool(mancano)
    quali = ", ".join(str(chiave) for chiave in vuote)
    yield rileva("E412" if is_errore else "W414", *paths(campo, vuote), mancanti=len(vuote), quali=quali)
