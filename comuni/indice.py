"""People found by codice fiscale, or by name and birth date, without comparing each with each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from comuni.fonti import PersonaImpegnata


class IndicePersone:
    """Who has a part in the election (``comuni.fonti``), looked up person by person."""

    def __init__(self, persone: Iterable[PersonaImpegnata]) -> None:
        self._persone: dict[str, list[PersonaImpegnata]] = defaultdict(list)
        for persona in persone:
            if persona.codice_fiscale:
                self._persone[persona.codice_fiscale].append(persona)
            self._persone[persona.chiave].append(persona)

    @property
    def chiavi(self) -> frozenset[str]:
        """What a person may be found by: names as sort keys, codici fiscali."""
        return frozenset(self._persone)

    def __bool__(self) -> bool:
        return bool(self._persone)

    def find(self, *, chiave: str, data_nascita: date | None, codice_fiscale: str) -> PersonaImpegnata | None:
        """The first part this person has, or None."""
        vicini = (*self._persone.get(codice_fiscale, ()), *self._persone.get(chiave, ()))
        return next(
            (
                persona
                for persona in vicini
                if persona.is_same(chiave=chiave, data_nascita=data_nascita, codice_fiscale=codice_fiscale)
            ),
            None,
        )
