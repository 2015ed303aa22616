"""A person at the keyboard, who never touches the mouse."""


class Tastiera:
    """Types as a person does, without ever touching the mouse; counts the keys to time a human pace."""

    SECONDI_A_TASTO = 0.28  # a clerk on a numeric pad: about 210 keys a minute
    SECONDI_RIPETUTO = 0.15  # the same key again (Enter over empty boxes)
    SECONDI_A_PASSO = 1.5  # turning the page of the verbale

    def __init__(self, pagina) -> None:
        self.pagina, self.tasti, self.ripetuti, self.passi, self.ultimo = pagina, 0, 0, 0, ""

    def write(self, testo: str) -> None:
        self.pagina.keyboard.type(testo)
        self.tasti += len(testo)

        self.ultimo = ""

    def press(self, tasto: str) -> None:
        self.pagina.keyboard.press(tasto)
        self.ripetuti += tasto == self.ultimo
        self.tasti += tasto != self.ultimo
        self.ultimo = tasto

    @property
    def secondi(self) -> float:
        return (
            self.tasti * self.SECONDI_A_TASTO
            + self.ripetuti * self.SECONDI_RIPETUTO
            + self.passi * self.SECONDI_A_PASSO
        )


def focused(pagina) -> str:
    return pagina.evaluate("() => document.activeElement.name || document.activeElement.id")


def type_passo(tastiera: Tastiera, passo, celle) -> None:
    """Figures in order, Enter after each (empty for zero); shift+down when only zeros are left."""
    pagina = tastiera.pagina
    pagina.locator("input.casella:focus").wait_for()
    caselle = list(passo.caselle)
    is_correzione = pagina.locator("#rilievi").count() > 0
    while focused(pagina) != caselle[0].campo:  # after a finding one is on the box it names
        tastiera.press("Shift+Tab")
    while caselle:
        casella = caselle.pop(0)
        assert focused(pagina) == casella.campo
        valore, scritto = celle.get(casella.campo), pagina.evaluate("() => document.activeElement.value")
        if valore or (valore == 0 and scritto not in ("", "0")):
            tastiera.write(str(valore))
        elif valore is None and scritto:
            tastiera.press("Delete")
        al_totale = next((i for i, c in enumerate(caselle) if c.is_totale), 0)
        if (
            al_totale > 1
            and passo.is_preferenze
            and not is_correzione
            and not any(celle[c.campo] for c in caselle[:al_totale])
        ):
            caselle = caselle[al_totale:]
            tastiera.press("Shift+ArrowDown")
        else:
            tastiera.press("Enter")
    leave(tastiera)


def leave(tastiera: Tastiera) -> None:
    with tastiera.pagina.expect_navigation():
        tastiera.press("Shift+Enter")
    tastiera.passi += 1


def go_to(pagina, campo: str) -> None:
    """Reach a box with the arrows."""
    pagina.locator("input.casella:focus").wait_for()
    for tasto in ("ArrowUp", "ArrowDown"):
        for _ in range(60):
            if focused(pagina) == campo:
                return
            pagina.keyboard.press(tasto)
    raise AssertionError(f"{campo} non si raggiunge con le frecce")
