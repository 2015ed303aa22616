"""The input of the allocation as JSON (DESIGN §5.1), read into ``DatiRiparto`` or refused with the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from norme.ingresso import ErroreIngresso, Id, Oggetto
from norme.riparto.interpretazioni import PUNTI, Interpretazioni
from norme.riparto.tipi import (
    FINO_15000,
    OLTRE_15000,
    ORDINAMENTI,
    Candidato,
    DatiRiparto,
    Lista,
    Sindaco,
    SorteggioSvolto,
    Votanti,
)

MASSIMO_SEGGI = 200


def read_dati(dati: Mapping[str, Any]) -> DatiRiparto:
    """The election described by a JSON object."""
    radice = Oggetto(dati)
    ordinamento = radice.scelta("ordinamento", ORDINAMENTI, default="ordinario")
    sistema = radice.scelta_facoltativa("sistema", (FINO_15000, OLTRE_15000))
    popolazione = radice.intero_facoltativo("popolazione", minimo=1)
    if sistema is None and popolazione is None:
        messaggio = "Serve «popolazione» (legale), oppure «sistema»: fino_15000 o oltre_15000."
        raise ErroreIngresso("campo_mancante", "popolazione", messaggio)
    oggetti_sindaci = radice.oggetti("sindaci", minimo=1)
    sindaci = tuple(_read_sindaco(voce) for voce in oggetti_sindaci)
    _refuse_duplicates("sindaci", (sindaco.id for sindaco in sindaci))
    noti = {str(sindaco.id): sindaco.id for sindaco in sindaci}
    oggetti_liste = radice.oggetti("liste", minimo=1)
    liste = tuple(_read_lista(voce, noti) for voce in oggetti_liste)
    _refuse_duplicates("liste", (lista.id for lista in liste))
    _require_lists(sindaci, liste)
    sorteggi = tuple(_read_sorteggio(voce) for voce in radice.oggetti("sorteggi"))
    opzioni = _read_opzioni(radice.oggetto_facoltativo("opzioni"))
    votanti = _read_votanti(radice)
    _check_voters(votanti, sum(sindaco.voti for sindaco in sindaci))
    letto = DatiRiparto(
        data=radice.giorno("data"),
        sindaci=sindaci,
        liste=liste,
        ordinamento=ordinamento,
        popolazione=popolazione,
        capoluogo=radice.booleano("capoluogo", default=False),
        sistema=sistema,
        seggi_consiglio=radice.intero_facoltativo("seggi_consiglio", minimo=1, massimo=MASSIMO_SEGGI),
        votanti=votanti,
        sorteggi=sorteggi,
        opzioni=opzioni,
        prosegue_con=radice.testo("prosegue_con", default=""),
    )
    ignoti = _unknown_fields(radice, *oggetti_sindaci, *oggetti_liste)
    object.__setattr__(letto, "campi_ignoti", ignoti)
    return letto


def _unknown_fields(*oggetti: Oggetto) -> tuple[str, ...]:
    return tuple(campo for oggetto in oggetti for campo in oggetto.ignoti())


def _read_sindaco(voce: Oggetto) -> Sindaco:
    ident = voce.identificativo("id")
    return Sindaco(
        id=ident,
        nome=voce.testo("nome", default=str(ident)),
        voti=voce.intero("voti"),
        voti_ballottaggio=voce.intero_facoltativo("voti_ballottaggio"),
        nascita=voce.giorno_facoltativo("nascita"),
        deceduto_il=voce.giorno_facoltativo("deceduto_il"),
        impedito_il=voce.giorno_facoltativo("impedito_il"),
        proclamabile=voce.booleano("proclamabile", default=True),
    )


def _read_lista(voce: Oggetto, sindaci: Mapping[str, Id]) -> Lista:
    ident = voce.identificativo("id")
    candidati = (
        voce.oggetti_facoltativi("candidati") or None
    )  # an admitted list always has some: [] says nothing
    voti = voce.intero_facoltativo("voti")
    lista = Lista(
        id=ident,
        nome=voce.testo("nome", default=str(ident)),
        sindaco=_read_sindaco_ref(voce, "sindaco", voce.identificativo("sindaco"), sindaci),
        voti=voti or 0,
        apparentata_con=_read_apparentamento(voce, sindaci),
        candidati=None if candidati is None else tuple(_read_candidato(x) for x in candidati),
        voti_noti=voti is not None,
    )
    if lista.candidati is not None:
        _refuse_duplicates(voce.percorso("candidati"), (c.id for c in lista.candidati))
    return lista


def _read_apparentamento(voce: Oggetto, sindaci: Mapping[str, Id]) -> Id | None:
    ident = voce.identificativo_facoltativo("apparentata_con")
    return None if ident is None else _read_sindaco_ref(voce, "apparentata_con", ident, sindaci)


def _read_sindaco_ref(voce: Oggetto, nome: str, ident: Id, sindaci: Mapping[str, Id]) -> Id:
    """The identifier of a declared sindaco; 1 and "1" are the same."""
    if str(ident) not in sindaci:
        campo = voce.percorso(nome)
        messaggio = f"Campo «{campo}»: il sindaco «{ident}» non è fra i candidati sindaco."
        raise ErroreIngresso("riferimento_ignoto", campo, messaggio)
    return sindaci[str(ident)]


def _read_candidato(voce: Oggetto) -> Candidato:
    ident = voce.identificativo("id")
    return Candidato(
        id=ident,
        nome=voce.testo("nome", default=str(ident)),
        preferenze=voce.intero("preferenze", default=0),
        proclamabile=voce.booleano("proclamabile", default=True),
    )


def _read_sorteggio(voce: Oggetto) -> SorteggioSvolto:
    return SorteggioSvolto(dict(voce.oggetto("richiesta").dati), voce.identificativo("esito"))


def _read_votanti(radice: Oggetto) -> Votanti:
    return Votanti(
        elettori=radice.intero_facoltativo("elettori"),
        votanti=radice.intero_facoltativo("votanti"),
        elettori_aire=radice.intero_facoltativo("elettori_aire"),
        votanti_aire=radice.intero_facoltativo("votanti_aire"),
    )


def _check_voters(conto: Votanti, voti: int) -> None:
    """Refuse numbers that cannot be: more voters than electors, more votes than voters."""
    coppie = (
        ("votanti", conto.votanti, "elettori", conto.elettori),
        ("elettori_aire", conto.elettori_aire, "elettori", conto.elettori),
        ("votanti_aire", conto.votanti_aire, "elettori_aire", conto.elettori_aire),
        ("votanti_aire", conto.votanti_aire, "votanti", conto.votanti),
        ("sindaci", voti, "votanti", conto.votanti),
    )
    for campo, parte, nome_tutto, tutto in coppie:
        if parte is not None and tutto is not None and parte > tutto:
            cosa = "la somma dei voti dei sindaci" if campo == "sindaci" else f"«{campo}»"
            messaggio = f"Impossibile: {cosa} ({parte}) supera «{nome_tutto}» ({tutto}). Ricontrollare."
            raise ErroreIngresso("dati_impossibili", campo, messaggio)


def _refuse_duplicates(campo: str, identificativi: Iterable[Id]) -> None:
    visti: set[str] = set()
    for posto, ident in enumerate(identificativi):
        if str(ident) in visti:
            dove = f"{campo}[{posto}].id"
            messaggio = f"Campo «{dove}»: l'identificativo «{ident}» è ripetuto."
            raise ErroreIngresso("identificativo_ripetuto", dove, messaggio)
        visti.add(str(ident))


def _require_lists(sindaci: Iterable[Sindaco], liste: tuple[Lista, ...]) -> None:
    """Every candidate sindaco is linked to at least one list (TUEL 71.2, 72.2)."""
    collegati = {lista.sindaco for lista in liste}
    for posto, sindaco in enumerate(sindaci):
        if sindaco.id not in collegati:
            campo = f"sindaci[{posto}].id"
            messaggio = f"Nessuna lista è collegata al candidato sindaco {sindaco.nome}."
            raise ErroreIngresso("sindaco_senza_liste", campo, messaggio)


def _read_opzioni(voce: Oggetto | None) -> Interpretazioni:
    """The readings chosen by the ente; an unknown one is an error that names those that exist."""
    if voce is None:
        return Interpretazioni()
    scelte: dict[str, Any] = {}
    for punto in fields(Interpretazioni):
        if isinstance(punto.default, bool):
            scelte[punto.name] = voce.booleano(punto.name, default=punto.default)
        else:
            valori = tuple(PUNTI[punto.name].valori)
            scelte[punto.name] = voce.scelta(punto.name, valori, default=str(punto.default))
    if voce.ignoti():
        campo = voce.ignoti()[0]
        messaggio = f"Opzione sconosciuta «{campo}»: esistono {', '.join(scelte)}."
        raise ErroreIngresso("opzione_ignota", campo, messaggio)
    return Interpretazioni(**scelte)
