"""What the verbs of a ballot and of a section share: which election, and which rules it has."""

from norme.ingresso import ErroreIngresso, Oggetto
from norme.parametri import Caso, Parametri, parametri_at
from norme.registro import ORDINAMENTI, SISTEMI


def read_parametri(dati: Oggetto) -> Parametri:
    """The parameters of the election named by ``data``, ``popolazione``, ``ordinamento``… and ``scelte``."""
    parametri = parametri_at(
        dati.giorno("data"),
        popolazione=dati.intero_facoltativo("popolazione"),
        ordinamento=dati.scelta("ordinamento", ORDINAMENTI, default="ordinario"),
        capoluogo=dati.booleano("capoluogo", default=False),
        sistema=dati.scelta_facoltativa("sistema", SISTEMI),
    )
    if parametri.caso.sistema is None:
        raise _sistema_ignoto(parametri.caso)
    scelte = dati.oggetto_facoltativo("scelte")
    return choose(parametri, scelte) if scelte else parametri


def _sistema_ignoto(caso: Caso) -> ErroreIngresso:
    """Without the population nobody can say; with it, the law of that place and day was not collected."""
    if caso.popolazione is None:
        messaggio = "Campo «popolazione»: serve la popolazione legale, oppure «sistema»."
        return ErroreIngresso("campo_mancante", "popolazione", messaggio)
    messaggio = (
        f"Campo «sistema»: al {caso.data:%d.%m.%Y} il sistema elettorale non è noto per l'ordinamento"
        f" {caso.ordinamento}; indicarlo ({' o '.join(SISTEMI)})."
    )
    return ErroreIngresso("campo_mancante", "sistema", messaggio)


def choose(parametri: Parametri, scelte: Oggetto) -> Parametri:
    """The same parameters with the ente's choices on the doubtful points."""
    volute: dict[str, object] = {}
    for nome in scelte.dati:
        ammesse = parametri[nome].scelte if nome in parametri else ()
        if not ammesse:
            messaggio = f"Campo «{scelte.percorso(nome)}»: su questo punto non c'è una scelta da fare."
            raise ErroreIngresso("valore_non_ammesso", scelte.percorso(nome), messaggio)
        volute[nome] = scelte.una_di(nome, ammesse)
    return parametri.choose(**volute)


def read_turno(dati: Oggetto) -> int:
    """1, or 2 for the runoff."""
    return dati.intero("turno", minimo=1, massimo=2, default=1)


def refuse_unknown(*oggetti: Oggetto) -> None:
    """A misspelt field must not pass for an empty box."""
    for oggetto in oggetti:
        for campo in oggetto.ignoti():
            raise ErroreIngresso(
                "campo_ignoto", campo, f"Campo «{campo}»: non è previsto; controllare il nome."
            )


def unique(oggetti: tuple[Oggetto, ...], nome: str) -> None:
    """Identifiers written once."""
    visti = set()
    for oggetto in oggetti:
        if (chiave := oggetto.identificativo("id")) in visti:
            messaggio = f"Campo «{oggetto.percorso('id')}»: {nome} «{chiave}» compare due volte."
            raise ErroreIngresso("valore_ripetuto", oggetto.percorso("id"), messaggio)
        visti.add(chiave)
