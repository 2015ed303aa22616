"""The page "Quanto vale la scheda": what the rule says, with the names of the election."""

import html
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Elezione
from electoral.permessi import Ruolo
from norme.parametri import parametri_at
from risultati.models import Scrutinio, VotiSindaco
from risultati.schede_in_sezione import TITOLI
from tests.factories import ElezioneFactory, UtenteFactory, utente_con_ruolo
from tests.norme.test_voto import CASI, NIENTE
from tests.risultati.sezioni import Squadra, elezione_piccola

pytestmark = pytest.mark.django_db
NOMI = {"A": "ALBA Ada", "B": "D'ALÒ Bea", "C": "<b>CORTI</b> Ciro"}


def page(elezione: Elezione, turno: int = 1, **segni) -> str:
    indirizzo = reverse("giornata:quanto_vale_turno", args=[elezione.slug, turno])
    return f"{indirizzo}?{urlencode(segni, doseq=True)}"


def build_quadro(nome: str, scelte: dict) -> tuple[Elezione, dict[str, int], dict[str, int]]:
    """The election of a picture of ``casi/voto.toml``, with the numbers of its sindaci and lists."""
    quadro = CASI["quadri"][nome]
    voce = quadro["elezione"]
    condizioni = {k: v for k, v in voce.items() if k in ("ordinamento", "capoluogo", "sistema")}
    giorno, popolazione = date.fromisoformat(voce["data"]), voce["popolazione"]
    condizioni["sistema"] = parametri_at(giorno, popolazione=popolazione, **condizioni).caso.sistema
    elezione = ElezioneFactory(
        data=giorno, popolazione_legale=popolazione, interpretazioni=scelte, **condizioni
    )
    sigle = sorted({lista["sindaco"] for lista in quadro["liste"].values()})
    sindaci = {
        sigla: CandidatoSindaco.objects.create(
            elezione=elezione, numero=n, cognome=NOMI[sigla].split()[0], nome=NOMI[sigla].split()[1]
        )
        for n, sigla in enumerate(sigle, start=1)
    }
    liste = {}
    for n, (sigla, lista) in enumerate(quadro["liste"].items(), start=1):
        riga = Lista.objects.create(
            elezione=elezione,
            numero=n,
            denominazione=f"L'«{sigla}» & altri",
            sindaco=sindaci[lista["sindaco"]],
            apparentata_con=sindaci.get(lista.get("apparentata_con")),
        )
        liste[sigla] = n
        Candidato.objects.bulk_create(
            Candidato(
                lista=riga,
                numero=c["id"],
                cognome=c["cognome"],
                nome=c["nome"],
                sesso=c["sesso"],
                data_nascita=c.get("nascita"),
            )
            for c in CASI["candidati"].get(lista.get("candidati"), [])
        )
    if "sindaci" in quadro:
        _send_to_runoff(elezione, [sindaci[sigla] for sigla in quadro["sindaci"]])
    return elezione, {sigla: s.numero for sigla, s in sindaci.items()}, liste


def _send_to_runoff(elezione: Elezione, finalisti: list[CandidatoSindaco]) -> None:
    primo = Scrutinio.objects.create(elezione=elezione, turno=1, stato=Scrutinio.Stato.DEFINITIVO)
    for sindaco in CandidatoSindaco.objects.di(elezione):
        voti = 10 if sindaco in finalisti else 1
        VotiSindaco.objects.create(scrutinio=primo, sindaco=sindaco, voti=voti)


def write_marks(caso: dict, sindaci: dict[str, int], liste: dict[str, int]) -> dict[str, object]:
    """The marks of a case as the boxes of the page."""
    quadro, scheda = CASI["quadri"][caso["quadro"]], caso["scheda"]
    segni: dict[str, object] = {
        "vale": 1,
        "sindaco": [sindaci[sigla] for sigla in scheda.get("sindaci", [])],
        "lista": [liste[sigla] for sigla in scheda.get("liste", [])],
    }
    if sigla := scheda.get("sindaco_scritto"):
        segni["scritto"] = sindaci[sigla]
    for nome in ("riconoscibile", "altri_segni"):
        if scheda.get(nome):
            segni[nome] = "on"
    if not (scheda.get("ufficiale", True) and scheda.get("autenticata", True)):
        segni["non_ufficiale"] = "on"
    if massime := quadro["elezione"].get("preferenze_massime"):
        segni["massime"] = massime
    scritte = scheda.get("preferenze", [])
    if scritte and quadro["elezione"].get("turno") == 2:
        return segni | {"altri_segni": "on"}  # at the runoff a name of nobody on the ballot is just a mark
    return segni | {
        f"preferenza_{n}": scritta if isinstance(scritta, str) else _exact_name(caso, scritta, liste)
        for n, scritta in enumerate(scritte, start=1)
    }


def _exact_name(caso: dict, scritta: dict, liste: dict[str, int]) -> str:
    """As the page suggests it."""
    lista = CASI["quadri"][caso["quadro"]]["liste"][scritta["lista"]]
    c = next(c for c in CASI["candidati"][lista["candidati"]] if c["id"] == scritta["candidato"])
    numero = liste[scritta["lista"]]
    nome = f"{c['cognome']} {c['nome']} ({c['sesso']}), n. {c['id']}"
    return f"{nome} della lista {numero}. L'«{scritta['lista']}» & altri"


def read_answer(testo: str) -> tuple[str, list[tuple[str, str]]]:
    """The verdict of the page and its lines, as a person reads them."""
    sezione = re.search(r'id="risposta".*?</section>', testo, re.DOTALL)[0]
    titolo = re.sub(r"<[^>]+>", "", re.search(r"<h2.*?</h2>", sezione, re.DOTALL)[0])
    voci = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", sezione, re.DOTALL)
    return titolo, [(che, html.unescape(re.sub(r"<[^>]+>", "", chi)).strip()) for che, chi in voci]


def expected_lines(caso: dict, sindaci: dict[str, int], liste: dict[str, int]) -> list[tuple[str, str]]:
    """What the page must say of who gets the votes, from the expected outcome of the case."""
    atteso, quadro = {**NIENTE, **caso["atteso"]}, CASI["quadri"][caso["quadro"]]
    if atteso["esito"] != "valida":
        return []
    sindaco, lista = atteso["sindaco"], atteso["lista"]
    voci = [("Voto al sindaco", f"{sindaci[sindaco]}. {NOMI[sindaco]}" if sindaco else "a nessuno")]
    if quadro["elezione"].get("turno") == 2:
        return voci
    senza = "nullo" if atteso["lista_nulla"] else "a nessuna"
    voci.append(("Voto alla lista", f"{liste[lista]}. L'«{lista}» & altri" if lista else senza))
    if lista:
        tutti = {c["id"]: c for c in CASI["candidati"].get(quadro["liste"][lista].get("candidati"), [])}
        scelti = [tutti[n] for n in atteso["preferenze"]]
        nomi = " e ".join(f"{c['cognome']} {c['nome']} ({c['sesso']})" for c in scelti)
        voci.append(("Preferenze", nomi or "nessuna"))
    return voci


@pytest.mark.parametrize("caso", CASI["caso"], ids=lambda caso: caso["nome"])
def test_the_page_says_what_the_rule_says(client, caso):
    elezione, sindaci, liste = build_quadro(caso["quadro"], caso.get("scelte", {}))
    turno = CASI["quadri"][caso["quadro"]]["elezione"].get("turno", 1)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    risposta = client.get(page(elezione, turno, **write_marks(caso, sindaci, liste)))

    assert risposta.status_code == 200
    titolo, voci = read_answer(risposta.content.decode())
    assert titolo == TITOLI[caso["atteso"]["esito"]][0]
    attribuiti = [voce for voce in voci if voce[0].startswith(("Voto", "Preferenze"))]
    assert attribuiti == expected_lines(caso, sindaci, liste)
    nulle = [re.search(r"Riga (\w+)\.", chi)[1] for che, chi in voci if che == "Preferenza senza effetto"]
    assert nulle == caso["atteso"].get("nulle", [])
    assert dict(voci)["Perché"].startswith(f"Riga {caso['atteso']['riga']}. ")


def test_a_doubtful_row_says_so_and_gives_the_other_reading(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    pagina = client.get(page(elezione, lista=[1, 2])).content.decode()

    assert "R da verificare" in dict(read_answer(pagina)[1])["Perché"]
    assert "Un'altra lettura: voto al solo sindaco; il voto di lista è nullo." in pagina
    assert '<tr id="B11" class="evidenza">' in pagina


def test_the_page_only_answers_and_says_who_decides(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    pagina = client.get(page(elezione, vale=1)).content.decode()

    assert "È un parere: decide l'ufficio della sezione." in pagina
    assert "Nessun segno e nessuna scritta." in pagina
    assert read_answer(pagina)[0] == "Scheda bianca"
    assert client.post(page(elezione)).status_code == 405


def test_names_with_apostrophes_and_markup_stay_names(client):
    elezione = elezione_piccola()
    brutto = "D'<script>alert(1)</script>À"
    CandidatoSindaco.objects.di(elezione).filter(numero=1).update(cognome=brutto)
    Lista.objects.di(elezione).filter(numero=1).update(denominazione=brutto)
    Candidato.objects.filter(lista__elezione=elezione, lista__numero=1, numero=1).update(cognome=brutto)
    client.force_login(Squadra(elezione).anna)

    risposta = client.get(page(elezione, sindaco=1, lista=1, preferenza_1=brutto, preferenza_2=brutto))

    assert "<script>alert" not in risposta.content.decode()
    voci = dict(read_answer(risposta.content.decode())[1])
    assert voci["Voto al sindaco"] == f"1. {brutto} PROVA" and voci["Voto alla lista"] == f"1. {brutto}"
    assert voci["Preferenze"] == f"{brutto} PROVA (F)"


@pytest.mark.parametrize(
    ("ruolo", "codice"),
    [
        (Ruolo.RESPONSABILE, 200),
        (Ruolo.OPERATORE, 200),
        (Ruolo.DIGITATORE, 200),
        (Ruolo.PREFETTURA, 200),
        (Ruolo.COMMISSIONE, 403),
        (Ruolo.RAGIONERIA, 403),
    ],
)
def test_who_sees_the_day_pages_sees_this_one(client, ruolo, codice):
    elezione, altra = elezione_piccola(), elezione_piccola()
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))

    assert client.get(page(elezione, lista=1)).status_code == codice
    assert client.get(page(altra, lista=1)).status_code == 404
    client.force_login(UtenteFactory())
    assert client.get(page(elezione)).status_code == 404


@pytest.mark.parametrize("nome", ["tabellone_turno", "sezione", "passo"])
def test_the_day_pages_lead_here(client, nome):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    altri = {"tabellone_turno": [], "sezione": [1], "passo": [1, "schede"]}[nome]

    pagina = client.get(reverse(f"giornata:{nome}", args=[elezione.slug, 1, *altri])).content.decode()

    assert reverse("giornata:quanto_vale_turno", args=[elezione.slug, 1]) in pagina


@pytest.mark.parametrize("righe", [1, 3])
def test_the_page_costs_the_same_queries_with_more_lists(client, righe, django_assert_num_queries):
    elezione = elezione_piccola()
    for lista in Lista.objects.di(elezione).filter(numero__gt=righe):
        Candidato.objects.filter(lista=lista).delete()
        lista.delete()
    client.force_login(Squadra(elezione).anna)
    indirizzo = page(elezione, lista=1, preferenza_1="CANDIDATO11", preferenza_2="CANDIDATO12")
    client.get(indirizzo)

    with django_assert_num_queries(10):  # three of them are the ballot
        assert client.get(indirizzo).status_code == 200


OSTILI = [
    *({"sindaco": x} for x in ("", "0", "-1", "9" * 5_000, "²", "\x00", "<b>", "1 OR 1=1")),
    *({"lista": x} for x in ("99", "\x00", "1.0", "٣")),
    *({"preferenza_1": x} for x in ("\x00", "a" * 5_000, "²" * 50, "\u202e\u0085", "'\"><img>", "  ")),
    {"scritto": "99"},
    {"massime": "7"},
    {"lista": ["1"] * 500, "sindaco": ["1", "2"] * 200},
    {"anno": "x", "pagina": "\x00"},
]


@pytest.mark.parametrize("turno", [1, 2])
@pytest.mark.parametrize("segni", OSTILI, ids=lambda segni: str(segni)[:40])
def test_a_hostile_address_is_an_answer_or_a_named_error(client, segni, turno):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    risposta = client.get(page(elezione, turno, **segni))

    if "\x00" in segni.values():
        assert risposta.status_code == 400  # stopped before any page
        return
    assert risposta.status_code in (200, 422)
    assert ('role="alert"' in risposta.content.decode()) == (risposta.status_code == 422)


def test_a_number_that_is_not_on_the_ballot_is_named(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    risposta = client.get(page(elezione, lista=[1, 44]))

    assert risposta.status_code == 422
    assert "44: non c" in risposta.content.decode()
    assert re.search(r'name="lista" value="1" checked', risposta.content.decode())


def test_without_the_sex_of_the_candidates_the_page_says_what_is_missing(client):
    elezione = elezione_piccola()
    prima = Candidato.objects.filter(lista__elezione=elezione, lista__numero=1)
    prima.filter(numero=1).update(cognome="ROSSI", sesso="")
    prima.filter(numero=2).update(cognome="BIANCHI", sesso="")
    client.force_login(Squadra(elezione).anna)

    due = client.get(page(elezione, lista=1, preferenza_1="Rossi", preferenza_2="Bianchi"))

    assert due.status_code == 422 and "Manca il sesso del candidato n. 2" in due.content.decode()
    assert client.get(page(elezione, lista=1, preferenza_1="Rossi")).status_code == 200


def test_where_the_law_of_preferences_was_not_found_it_is_asked_and_not_guessed(client):
    elezione, _, liste = build_quadro("friuli", {})
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    due = {"preferenza_1": "Rossi Mario", "preferenza_2": "De Angelis"}

    senza = client.get(page(elezione, lista=liste["A1"]))
    non_dette = client.get(page(elezione, lista=liste["A1"], **due))
    dette = client.get(page(elezione, lista=liste["A1"], massime=2, **due)).content.decode()

    assert senza.status_code == 200
    assert non_dette.status_code == 422
    assert "Quante preferenze si possono dare non è stato trovato" in non_dette.content.decode()
    assert "di sesso diverso non è stato trovato" in dette


@pytest.mark.parametrize(
    ("campi", "detto"),
    [
        ({"ordinamento": "valle-d-aosta"}, "Regole non raccolte"),
        ({"ordinamento": "sicilia", "data": date(2009, 6, 7)}, "Regole non raccolte"),
        ({"sistema": "fino_15000", "popolazione_legale": 9_000}, "ha 2 liste sulla scheda"),
        (
            {"popolazione_legale": None},
            "Quante preferenze si possano dare, e se di sesso diverso, non è stato trovato",
        ),
    ],
)
def test_an_election_the_rule_cannot_read_is_told(client, campi, detto):
    elezione = elezione_piccola(**campi)
    client.force_login(Squadra(elezione).anna)

    risposta = client.get(page(elezione, lista=1))

    assert risposta.status_code == 200
    assert detto in risposta.content.decode()


def test_before_the_candidates_there_is_the_table_alone(client):
    elezione = ElezioneFactory(popolazione_legale=20_000)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    pagina = client.get(page(elezione, lista=1)).content.decode()

    assert "Nessun candidato" in pagina and '<tr id="B11">' in pagina and '<tr id="A1">' not in pagina
