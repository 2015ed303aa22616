"""Open errors of the sections at the proclamation: listed, given a reason, told by the verbale."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comuni.atti_firmati import Riscontro, check_atto
from electoral.permessi import Ruolo
from norme.rilievi import Rilievo
from risultati.controlli import store_rilievi
from risultati.errori_sezioni import elenca_sezioni, errori_aperti
from risultati.models import Proclamazione, RilievoSezione, Scrutinio
from risultati.percorso import MOTIVO_ERRORI, conclude
from risultati.proclamazione import ProclamazioneNonPossibile, impedimenti, proclaim
from risultati.riparto import run_riparto_elezione
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import semplice
from tests.risultati.test_parita_al_banco import SEDUTA, Banco, testo_atto

pytestmark = pytest.mark.django_db

MOTIVO = "Le cifre sono quelle dei verbali delle sezioni, che l'ufficio non può modificare."


def con_errori(*numeri: int, sezioni: int = 6, codice: str = "E442", **altro):
    """An election whose imported sections carry an error nobody decided."""
    elezione = semplice(sezioni=sezioni, **altro)
    scrutini = {s.sezione.numero: s for s in Scrutinio.objects.di(elezione).select_related("sezione")}
    contesto = {"sesso": "F", "lista": 2, "preferenze": 9, "voti": 7}
    store_rilievi({scrutini[n].pk: [Rilievo(codice, ("voti_liste.2",), contesto)] for n in numeri})
    return elezione


@pytest.fixture
def al_banco(client, django_capture_on_commit_callbacks):
    def apri(elezione):
        banco = Banco(client, elezione, django_capture_on_commit_callbacks)
        banco.calcola()
        return banco

    return apri


def test_open_errors_are_no_obstacle_of_the_allocation_but_stop_a_silent_proclamation():
    elezione = con_errori(1, 3, 4, 5)
    riparto = run_riparto_elezione(elezione)
    assert impedimenti(elezione, riparto) == []

    for motivo in ("", "  \n"):
        with pytest.raises(ProclamazioneNonPossibile, match=r"E442 \(primo turno, sezioni 1 e da 3 a 5\)"):
            proclaim(elezione, riparto=riparto, presidente="Maria Rossi", motivo_errori=motivo)
    assert not Proclamazione.objects.exists()


def test_with_its_reason_it_is_proclaimed_and_the_snapshot_keeps_codes_sections_and_reason():
    elezione = con_errori(2, 5)
    riparto = run_riparto_elezione(elezione)

    proclamata = proclaim(elezione, riparto=riparto, presidente="Maria Rossi", motivo_errori=f" {MOTIVO} ")

    tenuti = proclamata.istantanea["errori_sezioni"]
    assert tenuti["motivo"] == MOTIVO
    (voce,) = tenuti["voci"]
    assert (voce["codice"], voce["turno"], voce["sezioni"]) == ("E442", 1, [2, 5])


def test_without_errors_no_reason_is_asked_and_none_is_kept():
    elezione = con_errori(2, codice="W501")
    proclamata = proclaim(
        elezione,
        riparto=run_riparto_elezione(elezione),
        presidente="Maria Rossi",
        motivo_errori="Motivo di niente.",
    )
    assert proclamata.istantanea["errori_sezioni"] == {}


def test_what_somebody_decided_and_sections_reopened_are_no_longer_open():
    elezione = con_errori(1, 2, 3)
    RilievoSezione.objects.filter(scrutinio__sezione__numero=1).update(
        motivo="Così sul verbale.", deciso_il=timezone.now()
    )
    Scrutinio.objects.filter(sezione__numero=2).update(stato=Scrutinio.Stato.IN_DIGITAZIONE)

    assert [(t, n) for t, n, _ in errori_aperti(elezione).per_sezione] == [(1, 3)]


def test_the_page_lists_them_refuses_without_a_reason_and_the_verbale_tells_it(al_banco):
    banco = al_banco(con_errori(1, 3))
    pagina = banco.pagina("proclamazione")
    assert "Errori aperti delle sezioni" in pagina
    assert reverse("giornata:sezione", args=[banco.elezione.slug, 1, 3]) in pagina
    assert "ogni scheda ne porta al più una per sesso" in pagina
    visti = {"errori_visti": errori_aperti(banco.elezione).impronta}

    risposta = banco.post("proclamazione", SEDUTA | visti | {"motivo_errori": "  "})
    assert risposta.status_code == 422
    assert "E442 (primo turno, sezioni 1 e 3)" in risposta.content.decode()
    assert not Proclamazione.objects.exists()

    verbale = banco.proclama(**visti, motivo_errori=MOTIVO)
    assert "E442, Preferenze di un sesso più dei voti della lista: primo turno, sezioni 1 e 3" in verbale
    assert f"Si procede perché: {MOTIVO}" in verbale
    atto = banco.elezione.atti.get(tipo="verbale_esito")
    assert check_atto(atto) == Riscontro(True, True, True)


def test_a_reason_written_for_other_errors_does_not_count(al_banco):
    banco = al_banco(con_errori(1))
    visti = errori_aperti(banco.elezione).impronta
    altro = Scrutinio.objects.get(elezione=banco.elezione, sezione__numero=4)
    store_rilievi({altro.pk: [Rilievo("E404", ("votanti",), {"votanti": 9, "elettori": 8})]})

    for ostile in (visti, "", "0" * 64, "<script>"):
        risposta = banco.post("proclamazione", SEDUTA | {"errori_visti": ostile, "motivo_errori": MOTIVO})
        assert risposta.status_code == 422
        assert "sono cambiati mentre la pagina era aperta" in risposta.content.decode()
    assert not Proclamazione.objects.exists()

    verbale = banco.proclama(
        errori_visti=errori_aperti(banco.elezione).impronta, motivo_errori="<b>#eval</b> $x$"
    )
    assert "E404" in verbale
    assert "<b>#eval</b> $x$" in verbale


def test_who_only_reads_sees_which_sections_and_the_neutral_words(client):
    elezione = con_errori(2)
    run_riparto_elezione(elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.PREFETTURA))

    pagina = client.get(reverse("esito:proclamazione", args=[elezione.slug])).content.decode()

    assert "Ricontrolla sul verbale: preferenze F e voti della lista 2." in pagina
    assert "ma la lista ha 7 voti" not in pagina
    assert 'name="motivo_errori"' not in pagina


def test_the_page_asks_the_same_queries_for_one_error_and_for_six(client):
    conti = []
    for nome, numeri in (("pochi", (1,)), ("molti", (1, 2, 3, 4, 5, 6))):
        elezione = con_errori(*numeri, nome=nome)
        run_riparto_elezione(elezione)
        client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
        with CaptureQueriesContext(connection) as fatte:
            assert client.get(reverse("esito:proclamazione", args=[elezione.slug])).status_code == 200
        conti.append(len(fatte))
    assert conti[0] == conti[1]


def test_a_void_election_with_open_errors_closes_with_the_reason_in_its_verbale(al_banco):
    elezione = con_errori(1, sezioni=1, voti=(300,), nome="unica")
    Scrutinio.objects.filter(elezione=elezione).update(elettori=1000, votanti=399, voti_validi=300)
    banco = al_banco(elezione)
    seduta = SEDUTA | {"motivo_W512": "Gli iscritti AIRE non hanno votato."}

    assert banco.post("proclamazione", seduta).status_code == 422
    banco.proclama(**seduta, errori_visti=errori_aperti(elezione).impronta, motivo_errori=MOTIVO)

    assert not Proclamazione.objects.exists()
    verbale = testo_atto(elezione, "verbale_esito")
    assert "primo turno, sezione 1" in verbale
    assert f"Si procede perché: {MOTIVO}" in verbale


def test_the_road_of_the_past_elections_gives_its_reason():
    elezione = con_errori(1, 2)
    assert conclude(elezione).istantanea["errori_sezioni"]["motivo"] == MOTIVO_ERRORI


@pytest.mark.parametrize(
    ("numeri", "parole"),
    [
        ([3], "sezione 3"),
        ([3, 4], "sezioni 3 e 4"),
        ([3, 4, 5], "sezioni da 3 a 5"),
        ([1, 3, 4, 5, 9], "sezioni 1, da 3 a 5 e 9"),
    ],
)
def test_sections_in_words(numeri, parole):
    assert elenca_sezioni(numeri) == parole
