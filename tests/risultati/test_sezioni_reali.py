"""The real sections against the checks, and the slips a tired hand makes on them."""

import pytest

from comuni.fascicolo import find_file
from comuni.importazione import import_file
from risultati.affluenza import rilevazioni
from risultati.caselle import build_modulo
from risultati.consolidamento import celle_da_tabelle
from risultati.controlli import check_passo, check_sezione, impronta_rilievo
from risultati.controlli_importati import sync_importati
from risultati.digitazione import open_digitazione, save_passo
from risultati.dossier import contesto_dossier
from risultati.models import Affluenza, RilievoSezione, Scrutinio
from risultati.scambio import export_sezioni, import_sezioni
from risultati.stati import Stato
from risultati.tabellone import build_tabellone
from tests.factories import UtenteFactory
from tests.norme.sezioni import rows
from tests.reali.fascicoli import CARTELLA
from tests.risultati.reali import NOME, celle_reali, import_reale
from tests.risultati.sezioni import CIFRE, Squadra, elezione_piccola, scrutinio_di

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def elezione(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            yield import_reale()
            transaction.set_rollback(True)


def test_the_43_real_sections_have_no_error(elezione):
    modulo = build_modulo(elezione, 1)
    errori = {}
    for scrutinio in Scrutinio.objects.filter(elezione=elezione, turno=1).select_related(
        "elezione", "sezione"
    ):
        rilievi = check_sezione(scrutinio, modulo, celle_da_tabelle(scrutinio, modulo))
        if trovati := [r.codice for r in rilievi if r.codice.startswith("E")]:
            errori[scrutinio.sezione.numero] = trovati

    assert Scrutinio.objects.filter(elezione=elezione, turno=1).count() == 43
    assert errori == {}


def test_every_fascicolo_with_sections_imports_without_an_error(elezione):
    """The sections of any real election added to the shipped ones are asked the same."""
    con_sezioni = {
        cartella.name
        for cartella in CARTELLA.iterdir()
        if any(riga["sezione"] for riga in rows("voti_sindaci.csv", cartella))
    }
    assert NOME in con_sezioni
    elezioni = [elezione, *(import_reale(nome) for nome in sorted(con_sezioni - {NOME}))]

    errori = RilievoSezione.objects.filter(scrutinio__elezione__in=elezioni, codice__startswith="E")

    assert list(errori.values_list("scrutinio__elezione__slug", "scrutinio__sezione__numero", "codice")) == []


@pytest.mark.parametrize(
    ("sbaglio", "codice"),
    [
        ({"votanti_m": 110, "votanti_f": 100}, "W447"),
        ({"votanti_m": 120, "votanti_f": 110, "votanti": 230, "voti_validi": 220}, "E409"),
        ({"votanti_m": 90, "votanti_f": 105, "votanti": 195, "voti_validi": 185}, "E403"),
        ({"elettori_m": 320, "elettori_f": 300}, "W448"),
        ({"elettori_m": 400, "elettori_f": 410, "elettori": 810}, "W448"),
    ],
)
def test_the_sheet_is_compared_with_what_the_office_already_knew(sbaglio, codice):
    elezione = elezione_piccola()
    scrutinio, modulo = scrutinio_di(elezione), build_modulo(elezione, 1)
    chiusura = rilevazioni(elezione, 1)[-1].codice
    sezione = elezione.sezioni.get()
    voti = {"votanti": 210, "votanti_m": 100, "votanti_f": 110}
    Affluenza.objects.create(elezione=elezione, turno=1, rilevazione=chiusura, sezione=sezione, **voti)

    assert check_passo(scrutinio, modulo, CIFRE, "schede") == []
    assert [r.codice for r in check_passo(scrutinio, modulo, CIFRE | sbaglio, "schede")] == [codice]


def _shift(celle, prefisso: str, da: int) -> dict[str, int | None]:
    """From one row on, every figure written one row below (and the last one lost)."""
    campi = [campo for campo in celle if campo.startswith(prefisso)]
    valori = [celle[campo] for campo in campi]
    slittati = [*valori[:da], 0, *valori[da:-1]]
    return celle | dict(zip(campi, slittati, strict=True))


SCIVOLONI = [
    ("cifre invertite nei voti di un sindaco", {"voti_sindaci.1": 138}, "sindaco", "E420"),
    ("cifre invertite in una lista", {"voti_liste.2": 56}, "liste", "E432"),
    ("una lista saltata", {"voti_liste.2": 0}, "liste", "E430"),
    ("preferenze più dei voti", {"preferenze.1.4": 90}, "preferenze.1", "E440"),
    ("votanti meno che alle 23", {"votanti": 600, "votanti_m": 300, "votanti_f": 300}, "schede", "E403"),
]


@pytest.mark.parametrize(("nome", "sbaglio", "passo", "codice"), SCIVOLONI, ids=[s[0] for s in SCIVOLONI])
def test_each_slip_is_caught_on_its_own_step(elezione, nome, sbaglio, passo, codice):
    modulo, celle = celle_reali(elezione, 1)
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=1)
    Affluenza.objects.create(
        elezione=elezione, turno=1, rilevazione="23", sezione=scrutinio.sezione, votanti=620
    )

    assert check_passo(scrutinio, modulo, celle, passo) == []
    assert codice in {r.codice for r in check_passo(scrutinio, modulo, celle | sbaglio, passo)}


def test_women_s_preferences_above_the_list_votes_are_caught(elezione):
    lista = max(celle_reali(elezione, 1)[0].candidati)
    elezione.liste.get(numero=lista).candidati.update(sesso="M")
    elezione.liste.get(numero=lista).candidati.filter(numero__lte=3).update(sesso="F")
    modulo, celle = celle_reali(elezione, 1)
    voti = celle[f"voti_liste.{lista}"]
    sbaglio = {c: 0 for c in modulo.passo(f"preferenze.{lista}").campi} | {
        f"preferenze.{lista}.{n}": voti // 2 for n in (1, 2, 3)
    }
    sbaglio[f"totali_preferenze.{lista}"] = None
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=1)

    codici = {r.codice for r in check_passo(scrutinio, modulo, celle | sbaglio, f"preferenze.{lista}")}

    assert "E442" in codici


def test_a_shifted_row_of_lists_is_caught(elezione):
    modulo, celle = celle_reali(elezione, 1)
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=1)

    sbagliate = _shift(celle, "voti_liste.", 2) | {"totale_liste": None}
    codici = {r.codice for r in check_sezione(scrutinio, modulo, sbagliate)}

    assert codici & {"E430", "W441", "W409"}


def test_a_shifted_row_of_preferences_is_caught_by_its_total_or_by_the_other_sections(elezione):
    modulo, celle = celle_reali(elezione, 1)
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=1)
    lista = max(modulo.candidati, key=lambda n: celle[f"totali_preferenze.{n}"])

    sbagliate = _shift(celle, f"preferenze.{lista}.", 0)
    rilievi = check_sezione(scrutinio, modulo, sbagliate)

    assert {r.codice for r in rilievi} & {"E444", "W432"}


def test_files_out_and_in_again_give_the_same_section(elezione):
    modulo, celle = celle_reali(elezione, 7)
    sezione = elezione.sezioni.get(numero=7)
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione=sezione)
    tabelle = celle_da_tabelle(scrutinio, modulo)
    file = export_sezioni(modulo, [sezione])
    Scrutinio.objects.filter(pk=scrutinio.pk).update(stato=Stato.ATTESA)

    fatte = import_sezioni(file, modulo, sezioni={7: sezione}, by=_amministratore())

    assert fatte == [7]
    passi = {p.nome: p.celle for p in scrutinio.digitazioni.get().passi.all()}
    assert {c: v for passo in passi.values() for c, v in passo.items() if not c.startswith("total")} == {
        c: v for c, v in tabelle.items() if not c.startswith("total")
    }


def _amministratore():
    return UtenteFactory(is_superuser=True)


def test_retyping_a_real_section_gives_its_figures_back(elezione):
    modulo, celle = celle_reali(elezione, 12)
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=12)
    Scrutinio.objects.filter(pk=scrutinio.pk).update(stato=Stato.ATTESA)
    scrutinio.refresh_from_db()
    utente = _amministratore()
    for passo in modulo.passi:
        digitazione = open_digitazione(Scrutinio.objects.get(pk=scrutinio.pk), by=utente)
        save_passo(digitazione, passo, {c: celle[c] for c in passo.campi}, versione=0, by=utente)

    assert [p.celle for p in digitazione.passi.all()] == [
        {c: celle[c] for c in passo.campi} for passo in modulo.passi
    ]


def test_the_import_stores_what_the_figures_would_have_asked_once_and_for_all(elezione):
    rilievi = RilievoSezione.objects.filter(scrutinio__elezione=elezione)
    modulo = build_modulo(elezione, 1)
    scrutinio = Scrutinio.objects.select_related("elezione", "sezione").get(
        elezione=elezione, turno=1, sezione__numero=10
    )

    assert {r.impronta for r in rilievi.filter(scrutinio=scrutinio)} == {
        impronta_rilievo(r) for r in check_sezione(scrutinio, modulo, celle_da_tabelle(scrutinio, modulo))
    }
    assert not rilievi.filter(codice__startswith="E").exists()

    prima = set(rilievi.values_list("pk", flat=True))
    sync_importati(elezione)
    assert set(rilievi.values_list("pk", flat=True)) == prima


@pytest.mark.parametrize("quante", [3, 12])
def test_the_findings_of_an_import_cost_the_same_queries_with_more_sections(
    elezione, quante, django_assert_max_num_queries
):
    soli = Scrutinio.objects.filter(elezione=elezione, turno=1)[:quante].values_list("pk", flat=True)

    with django_assert_max_num_queries(27):
        sync_importati(elezione, soli=set(soli))


def test_an_error_in_a_file_is_on_the_board_in_the_dossier_and_at_the_desk(client):
    elezione = elezione_piccola(sezioni=2)
    responsabile = Squadra(elezione).responsabile
    voti = "turno,sezione,sindaco,voti\n1,1,1,120\n1,1,2,8\n1,2,1,120\n1,2,2,80\n"
    cifre = "turno,sezione,votanti,voti_validi,schede_nulle\n1,1,200,200,0\n1,2,200,200,0\n"
    for nome, testo in (("scrutinio.csv", cifre), ("voti_sindaci.csv", voti)):
        esito = import_file(elezione, find_file(nome), testo.encode(), nome=nome, by=responsabile)
        assert esito.errori == []

    quadro = build_tabellone(elezione, 1)
    assert [(t.numero, t.errori, t.classe) for t in quadro.tessere] == [
        (1, 1, "con_errori"),
        (2, 0, "definitivo"),
    ]
    assert quadro.quante["errori"] == 1
    scrutinio = scrutinio_di(elezione, 1)
    (rilievo,) = contesto_dossier(scrutinio, build_modulo(elezione, 1))["rilievi"]
    assert (rilievo["codice"], rilievo["senza"]) == ("E420", "Cifre arrivate da un file: nessuna decisione.")
    client.force_login(responsabile)
    banco = client.get(f"/ufficio/{elezione.slug}/esito/").content.decode()
    assert "?filtro=errori" in banco

    giuste = voti.replace("1,1,2,8\n", "1,1,2,80\n").encode()
    import_file(elezione, find_file("voti_sindaci.csv"), giuste, nome="voti_sindaci.csv", by=responsabile)
    assert build_tabellone(elezione, 1).quante["errori"] == 0


def test_turnout_imported_later_is_compared_with_the_count():
    elezione = elezione_piccola()
    cifre = b"turno,sezione,votanti,voti_validi,schede_bianche,schede_nulle\n1,1,210,200,4,6\n"
    import_file(elezione, find_file("scrutinio.csv"), cifre, nome="scrutinio.csv")
    suoi = RilievoSezione.objects.filter(scrutinio__elezione=elezione)
    assert not suoi.exists()

    ora = rilevazioni(elezione, 1)[-2].codice
    righe = f"turno,rilevazione,sezione,votanti\n1,{ora},1,240\n".encode()
    import_file(elezione, find_file("affluenza.csv"), righe, nome="affluenza.csv")

    assert [r.codice for r in suoi] == ["E403"]


def test_the_page_of_an_imported_section_says_what_the_figures_would_have_asked(elezione, client):
    client.force_login(_amministratore())
    pagine = {
        numero: client.get(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/{numero}/").content.decode()
        for numero in (1, 10)
    }
    assert "Cifre arrivate da un file" not in pagine[1]
    assert "Cifre arrivate da un file" in pagine[10]
    assert "W403" in pagine[10]
