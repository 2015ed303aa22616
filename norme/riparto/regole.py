"""The parameters of one election, asked by name; which were used is remembered for the record."""

from datetime import date
from fractions import Fraction
from typing import Any

from norme.ingresso import ErroreIngresso
from norme.parametri import Parametri, Valore, parametri_at
from norme.riparto.interpretazioni import Interpretazioni
from norme.riparto.tipi import FINO_15000, OLTRE_15000, DatiRiparto, Soglia

ARTICOLI = {
    ("ordinario", FINO_15000): {
        "sindaco": "TUEL art. 71 c. 6",
        "ballottaggio": "TUEL art. 71 c. 6",
        "seggi": "TUEL art. 71 c. 8",
        "sindaci_non_eletti": "TUEL art. 71 c. 9",
        "graduatoria": "TUEL art. 71 c. 9",
        "lista_unica": "TUEL art. 71 c. 10",
        "rinvio": "TUEL art. 71 c. 11",
    },
    ("ordinario", OLTRE_15000): {
        "sindaco": "TUEL art. 72 c. 4",
        "ammissione": "TUEL art. 72 c. 5",
        "subentro": "TUEL art. 72 c. 6",
        "gruppi": "TUEL art. 72 c. 7 e 73 c. 3",
        "ballottaggio": "TUEL art. 72 c. 9",
        "sbarramento": "TUEL art. 73 c. 7",
        "seggi": "TUEL art. 73 c. 8",
        "interno": "TUEL art. 73 c. 9",
        "premio": "TUEL art. 73 c. 10",
        "sindaci_non_eletti": "TUEL art. 73 c. 11",
        "graduatoria": "TUEL art. 73 c. 12",
        "esaurite": "TUEL art. 73 c. 8",
    },
    ("sicilia", FINO_15000): {
        "sindaco": "l.r. Sicilia 35/1997 art. 2",
        "ballottaggio": "l.r. Sicilia 35/1997 art. 2",
        "seggi": "l.r. Sicilia 35/1997 art. 2",
        "sindaci_non_eletti": "l.r. Sicilia 17/2016 art. 3",
        "graduatoria": "l.r. Sicilia 35/1997 art. 2",
        "lista_unica": "l.r. Sicilia 35/1997 art. 2",
        "rinvio": "l.r. Sicilia 35/1997 art. 2",
    },
    ("sicilia", OLTRE_15000): {
        "sindaco": "l.r. Sicilia 35/1997 art. 3",
        "ammissione": "l.r. Sicilia 35/1997 art. 3",
        "subentro": "l.r. Sicilia 35/1997 art. 3",
        "gruppi": "l.r. Sicilia 35/1997 art. 3",
        "ballottaggio": "l.r. Sicilia 35/1997 art. 3",
        "sbarramento": "l.r. Sicilia 35/1997 art. 4 c. 3-bis",
        "seggi": "l.r. Sicilia 35/1997 art. 4",
        "interno": "l.r. Sicilia 35/1997 art. 4",
        "premio": "l.r. Sicilia 35/1997 art. 4 c. 6",
        "sindaci_non_eletti": "l.r. Sicilia 17/2016 art. 3",
        "graduatoria": "l.r. Sicilia 35/1997 art. 4",
        "esaurite": "l.r. Sicilia 35/1997 art. 4",
    },
    ("friuli-venezia-giulia", FINO_15000): {
        "sindaco": "l.r. FVG 19/2013 art. 13",
        "ballottaggio": "l.r. FVG 19/2013 art. 13",
        "gruppi": "l.r. FVG 19/2013 art. 13",
        "seggi": "l.r. FVG 19/2013 art. 14",
        "interno": "l.r. FVG 19/2013 art. 14",
        "sindaci_non_eletti": "l.r. FVG 19/2013 art. 14",
        "graduatoria": "l.r. FVG 19/2013 art. 14",
        "lista_unica": "l.r. FVG 19/2013 art. 14",
        "rinvio": "l.r. FVG 19/2013 art. 14",
    },
    ("friuli-venezia-giulia", OLTRE_15000): {
        "sindaco": "l.r. FVG 19/2013 art. 15 c. 1",
        "ammissione": "l.r. FVG 19/2013 art. 15",
        "subentro": "l.r. FVG 19/2013 art. 17",
        "gruppi": "l.r. FVG 19/2013 art. 17",
        "ballottaggio": "l.r. FVG 19/2013 art. 17",
        "sbarramento": "l.r. FVG 19/2013 art. 15",
        "seggi": "l.r. FVG 19/2013 art. 15",
        "interno": "l.r. FVG 19/2013 art. 15",
        "premio": "l.r. FVG 19/2013 art. 15",
        "sindaci_non_eletti": "l.r. FVG 19/2013 art. 15",
        "graduatoria": "l.r. FVG 19/2013 art. 15",
        "esaurite": "l.r. FVG 19/2013 art. 15",
    },
}


class Regole:
    """What the law says for one election: its parameters, its articles, the readings chosen."""

    def __init__(self, dati: DatiRiparto) -> None:
        self.dati = dati
        self.opzioni: Interpretazioni = dati.opzioni
        self.parametri: Parametri = _look_up(dati, dati.sistema)
        self.usati: dict[str, Valore] = {}
        sistema = dati.sistema or self.valore("sistema")
        self.sistema: str = sistema
        self._articoli = ARTICOLI[dati.ordinamento, sistema]

    def valore(self, nome: str) -> Any:
        """The value of a parameter; unknown is a ``ParametroIgnoto``."""
        valore = self.parametri[nome]
        self.usati[nome] = valore
        return valore.valore

    def quota(self, nome: str) -> Fraction:
        return Fraction(self.valore(nome))

    def soglia(self, nome: str) -> Soglia:
        valore = self.valore(nome)
        return Soglia(valore["quota"], valore["criterio"])

    def soglia_facoltativa(self, nome: str) -> Soglia | None:
        """None where the parameter says "nessuna"."""
        return None if self.valore(nome) == "nessuna" else self.soglia(nome)

    def articolo(self, argomento: str) -> str:
        return self._articoli[argomento]

    @property
    def data(self) -> date:
        return self.dati.data

    @property
    def sistema_derivato(self) -> str | None:
        """The class that population and capoluogo would give, when they are known."""
        if self.dati.popolazione is None:
            return None
        valore = _look_up(self.dati, None).get("sistema")
        return None if valore is None else str(valore.valore)

    def seggi_derivati(self) -> int | None:
        """The council size that the population gives, or None when it cannot be known."""
        if self.dati.popolazione is None or "seggi_consiglio" not in self.parametri:
            return None
        return int(self.valore("seggi_consiglio"))

    def seggi_consiglio(self) -> int:
        """Consiglieri assegnati, sindaco excluded: as given, else by population."""
        if self.dati.seggi_consiglio is not None:
            return self.dati.seggi_consiglio
        if self.dati.popolazione is None:
            messaggio = "Serve «seggi_consiglio», oppure «popolazione» per ricavarlo."
            raise ErroreIngresso("campo_mancante", "seggi_consiglio", messaggio)
        return int(self.valore("seggi_consiglio"))


def _look_up(dati: DatiRiparto, sistema: str | None) -> Parametri:
    return parametri_at(
        dati.data,
        popolazione=dati.popolazione,
        ordinamento=dati.ordinamento,
        capoluogo=dati.capoluogo,
        sistema=sistema,
    )
