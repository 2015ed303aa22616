"""The columns of the files of candidates and signers."""

from collections.abc import Mapping

from candidature.cittadinanza import STATI_UNIONE
from candidature.models import CaricamentoCsv, Sottoscrizione, StatoDocumento
from electoral.csv_io import Colonna, booleano, codice_fiscale, data, intero, scelta, testo

_STATI = {stato.label: stato.value for stato in StatoDocumento} | {
    "sì": StatoDocumento.PRESENTE,
    "si": StatoDocumento.PRESENTE,
    "no": StatoDocumento.MANCANTE,
}
ISCRIZIONI = {
    "sì": Sottoscrizione.Iscrizione.PRESENTE,
    "si": Sottoscrizione.Iscrizione.PRESENTE,
    "no": Sottoscrizione.Iscrizione.NON_ISCRITTO,
    "certificato mancante": Sottoscrizione.Iscrizione.MANCANTE,
    "da verificare": Sottoscrizione.Iscrizione.DA_VERIFICARE,
}
_CITTADINANZE = {sigla: sigla for sigla in STATI_UNIONE} | {nome: s for s, nome in STATI_UNIONE.items()}
_PERSONA = (
    Colonna("cognome", testo(120), obbligatoria=True),
    Colonna("nome", testo(120), obbligatoria=True),
    Colonna("data_nascita", data(), aiuto="03/10/1980 oppure 1980-10-03"),
    Colonna("luogo_nascita", testo(120)),
    Colonna("codice_fiscale", codice_fiscale()),
)
COLONNE: Mapping[str, tuple[Colonna, ...]] = {
    CaricamentoCsv.Tipo.CANDIDATI: (
        Colonna(
            "lista", testo(200), aiuto="Numero o denominazione; si può omettere nella pagina di una lista"
        ),
        Colonna("numero", intero(1, 200), aiuto="Posizione nella lista; se manca, l'ordine del file"),
        *_PERSONA,
        Colonna("sesso", scelta({"M": "M", "F": "F", "maschio": "M", "femmina": "F"}), aiuto="M o F"),
        Colonna("cittadinanza", scelta(_CITTADINANZE), aiuto="Due lettere o nome dello Stato; vuoto è IT"),
        Colonna("accettazione", scelta(_STATI), aiuto="presente, incompleto, mancante"),
        Colonna("iscrizione", scelta(_STATI), aiuto="certificato elettorale: presente, mancante"),
    ),
    CaricamentoCsv.Tipo.SOTTOSCRITTORI: (
        Colonna(
            "lista", testo(200), aiuto="Numero o denominazione; si può omettere nella pagina di una lista"
        ),
        Colonna("riga", intero(1, 20_000), aiuto="Posizione fra le firme della lista"),
        Colonna("modulo", intero(1, 2_000), aiuto="Numero dell'atto separato"),
        *_PERSONA,
        Colonna("iscrizione", scelta(ISCRIZIONI), aiuto="sì, no, certificato mancante, da verificare"),
        Colonna("firmata_il", data()),
        Colonna("autenticata_da", testo(200)),
        Colonna("autenticata", booleano(), aiuto="sì, no"),
        Colonna("modulo_regolare", booleano(), aiuto="sì, no"),
    ),
}
