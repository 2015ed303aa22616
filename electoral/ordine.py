"""Italian alphabetical order as a stored key: the embedded server has no ICU collation."""

import unicodedata


def chiave_ordine(testo: str) -> str:
    """Key that sorts names as an Italian register does: accents, case, apostrophes and spaces ignored."""
    scomposto = unicodedata.normalize("NFKD", testo)
    return "".join(c for c in scomposto.casefold() if c.isalnum())
