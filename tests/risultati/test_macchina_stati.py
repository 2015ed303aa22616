"""Whatever people do, in whatever order, a section never takes a road that the table does not have."""

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comuni.models import Elezione
from risultati.caselle import build_modulo
from risultati.chiusura import close_digitazione, discard_seconda, discard_tutto, reopen
from risultati.consolidamento import celle_da_tabelle
from risultati.differenze import find_differenze
from risultati.digitazione import celle_di, open_digitazione, save_passo
from risultati.models import Digitazione, Passaggio, Scrutinio
from risultati.risoluzione import SCELTE, save_rilettura, settle_differenze
from risultati.stati import AMMESSE, PassaggioVietato, Stato
from tests.risultati.sezioni import CIFRE, Squadra, elezione_piccola, scrutinio_di

pytestmark = pytest.mark.django_db
SBAGLI = st.sampled_from(
    [{}, {"schede_nulle": 16}, {"voti_sindaci.1": 102}, {"preferenze.1.1": 9, "preferenze.1.2": 12}]
)
CHI = st.sampled_from(["anna", "carlo", "responsabile"])


class Sezione(RuleBasedStateMachine):
    """Typing, closing, settling, reopening, by three people, with and without slips."""

    doppia = True

    def __init__(self) -> None:
        super().__init__()
        modo = Elezione.Digitazione.DOPPIA if self.doppia else Elezione.Digitazione.SINGOLA
        elezione = elezione_piccola(digitazione=modo)
        self.squadra = Squadra(elezione)
        self.modulo = build_modulo(elezione, 1)
        self.pk = scrutinio_di(elezione).pk

    @property
    def scrutinio(self) -> Scrutinio:
        return Scrutinio.objects.select_related("elezione", "sezione").get(pk=self.pk)

    def attempt(self, azione) -> None:
        prima = self.scrutinio.stato
        quanti = Passaggio.objects.count()
        try:
            azione()
        except PassaggioVietato:
            assert self.scrutinio.stato == prima
            assert Passaggio.objects.count() == quanti

    @rule(chi=CHI, sbaglio=SBAGLI)
    def type_all(self, chi, sbaglio) -> None:
        utente = getattr(self.squadra, chi)

        def azione() -> None:
            for passo in self.modulo.passi:
                digitazione = open_digitazione(self.scrutinio, by=utente)
                if digitazione.ordine == Digitazione.Ordine.RILETTURA:
                    return
                salvato = digitazione.passi.filter(nome=passo.nome).first()
                celle = {c: (CIFRE | sbaglio)[c] for c in passo.campi}
                save_passo(digitazione, passo, celle, versione=salvato.versione if salvato else 0, by=utente)

        prima = self.scrutinio.stato
        try:
            azione()
        except PassaggioVietato:
            assert self.scrutinio.stato == prima

    @rule(chi=CHI, con_motivi=st.booleans())
    def close(self, chi, con_motivi) -> None:
        utente = getattr(self.squadra, chi)
        motivi = {r.impronta: "così sul verbale" for r in self.scrutinio.rilievi.all()} if con_motivi else {}

        def azione() -> None:
            digitazione = open_digitazione(self.scrutinio, by=utente)
            if digitazione.ordine != Digitazione.Ordine.RILETTURA:
                close_digitazione(digitazione, self.modulo, motivi=motivi, by=utente)

        self.attempt(azione)

    @precondition(lambda self: self.scrutinio.stato == Stato.DIFFORME)
    @rule(scelta=st.sampled_from(SCELTE[:2] + SCELTE[3:]), chi=CHI)
    def settle(self, scelta, chi) -> None:
        scelte = {d.campo: scelta for d in find_differenze(self.scrutinio, self.modulo)}
        utente = getattr(self.squadra, chi)
        self.attempt(
            lambda: settle_differenze(self.scrutinio, self.modulo, scelte, motivo="riletto", by=utente)
        )

    @precondition(lambda self: self.scrutinio.stato == Stato.DIFFORME)
    @rule(valore=st.sampled_from([6, 16, 7]))
    def read_again(self, valore) -> None:
        def azione() -> None:
            rilettura = open_digitazione(self.scrutinio, by=self.squadra.anna)
            diverse = find_differenze(self.scrutinio, self.modulo)
            celle = {d.campo: valore for d in diverse}
            save_rilettura(rilettura, self.modulo, celle, by=self.squadra.anna)

        self.attempt(azione)

    @rule(chi=CHI, motivo=st.sampled_from(["", "rilettura del verbale"]))
    def reopen(self, chi, motivo) -> None:
        utente = getattr(self.squadra, chi)
        self.attempt(lambda: reopen(self.scrutinio, self.modulo, motivo=motivo, by=utente))

    @rule(funzione=st.sampled_from([discard_seconda, discard_tutto]), chi=CHI)
    def discard(self, funzione, chi) -> None:
        utente = getattr(self.squadra, chi)
        self.attempt(lambda: funzione(self.scrutinio, motivo="sezione sbagliata", by=utente))

    @invariant()
    def every_change_is_in_the_table(self) -> None:
        fatti = list(Passaggio.objects.filter(scrutinio=self.pk).values_list("da", "a"))
        assert all((Stato(da), Stato(a)) in AMMESSE for da, a in fatti)
        assert [a for _, a in fatti[:-1]] == [da for da, _ in fatti[1:]]
        assert self.scrutinio.stato == (fatti[-1][1] if fatti else Stato.ATTESA)

    @invariant()
    def a_definitive_section_has_what_was_typed_and_no_open_finding(self) -> None:
        scrutinio = self.scrutinio
        if scrutinio.stato != Stato.DEFINITIVO:
            return
        assert scrutinio.definitivo_da is not None
        assert not scrutinio.rilievi.filter(deciso_il=None).exists()
        typed = celle_di(scrutinio.digitazioni.get(ordine=1))
        stored = celle_da_tabelle(scrutinio, self.modulo)
        assert all(stored[c] == v for c, v in typed.items() if not c.startswith("total"))

    @invariant()
    def two_readings_are_never_of_the_same_hand(self) -> None:
        if self.doppia and self.scrutinio.stato == Stato.SECONDA:
            letture = {
                d.ordine: set(d.passi.values_list("salvato_da", flat=True))
                for d in self.scrutinio.digitazioni.all()
            }
            assert not letture[1] & letture.get(2, set())


class SezioneSingola(Sezione):
    doppia = False


POCHI = settings(max_examples=6, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize("macchina", [Sezione, SezioneSingola])
def test_no_sequence_of_actions_leaves_the_table(macchina):
    run_state_machine_as_test(macchina, settings=POCHI)


def test_the_drawing_of_the_states_says_what_the_table_says():
    testo = (Path(__file__).parents[2] / "docs" / "stati.md").read_text("utf-8")

    disegnate = {
        tuple(riga.strip().split(":")[0].split(" --> ")) for riga in testo.splitlines() if "-->" in riga
    }

    assert disegnate - {("[*]", "attesa")} == {(da.value, a.value) for da, a in AMMESSE}
