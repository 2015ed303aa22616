"""The pages: who may open them, and that nothing a person sends breaks them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidature.decisioni import open_seduta
from candidature.istruttoria import refresh_rilievi
from candidature.models import Candidato, LetturaSottoscrittori, Lista
from electoral.permessi import Ruolo
from tests.candidature.costruzione import add_firme, alle, elezione_di, presenta, sindaco_in_regola
from tests.factories import ComuneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db

PAGINE = [
    *("quadro", "ricevi", "esame", "sorteggio", "documenti", "trasparenza", "collegamenti"),
    "sopravvenienze",
]
CAMPI = """
esito motivazione integrare_entro chiave modalita seme presenti eseguito_il percorso dopo motivo posto lista
carta file conferma avvenuta_il presentata_da atto autenticata prefetto prefetto_atto togli
sindaco parte dichiarante dichiarata_il tipo luogo presidente componenti segretario aperta_il escluso sentito
sentito_il chi togli foglio destinatario cognome nome denominazione presentata_il
""".split()  # noqa: SIM905
DI_LISTA = ["lista", "candidati", "firme", "banco", "carte"]


@pytest.fixture
def lista():
    return presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8 + "M")


def entra(client, comune, ruolo):
    utente = utente_con_ruolo(comune, ruolo)
    client.force_login(utente)
    return utente


def indirizzo(nome: str, lista: Lista, *altro) -> str:
    return reverse(f"candidature:{nome}", args=[lista.elezione.slug, *altro])


def tutte(lista: Lista) -> list[str]:
    return [indirizzo(nome, lista) for nome in PAGINE] + [
        indirizzo(nome, lista, lista.pk) for nome in DI_LISTA
    ]


def test_the_office_opens_every_page(client, lista):
    entra(client, lista.elezione.comune, Ruolo.RESPONSABILE)

    assert [client.get(pagina).status_code for pagina in tutte(lista)] == [200] * 13


@pytest.mark.parametrize("ruolo", [Ruolo.DIGITATORE, Ruolo.RAGIONERIA, Ruolo.PREFETTURA])
def test_who_has_another_role_opens_none(client, lista, ruolo):
    entra(client, lista.elezione.comune, ruolo)
    add_firme(lista, 3)
    from candidature.urls import urlpatterns

    esiti = set()
    for voce in urlpatterns:
        argomenti = [lista.elezione.slug, *([lista.pk] if "<int:pk>" in str(voce.pattern) else [])]
        if "<str:tipo>" in str(voce.pattern):
            argomenti.append("sottoscrittori")
        if "<slug:tipo>" in str(voce.pattern):
            argomenti.append("manifesto")
        if "<slug:chi>/<slug:nome>" in str(voce.pattern):
            argomenti += ["candidato-1", "curriculum"]
        pagina = reverse(f"candidature:{voce.name}", args=argomenti)
        esiti |= {client.get(pagina).status_code, client.post(pagina).status_code}
    esiti |= {client.get(reverse("commissione")).status_code}
    esiti |= {client.get(reverse("admin:candidature_lista_changelist")).status_code}

    assert esiti == {403}
    assert LetturaSottoscrittori.objects.count() == 0


def test_another_comune_does_not_exist(client, lista):
    entra(client, ComuneFactory(), Ruolo.RESPONSABILE)

    assert {client.get(pagina).status_code for pagina in tutte(lista)} == {404}


def test_a_list_of_another_election_does_not_exist_here(client, lista):
    entra(client, lista.elezione.comune, Ruolo.RESPONSABILE)
    altra = presenta(elezione_di(40_000, seggi=24), sessi="MF")

    assert client.get(indirizzo("banco", lista, altra.pk)).status_code == 404


def test_every_reading_of_the_signers_is_written_down(client, lista):
    utente = entra(client, lista.elezione.comune, Ruolo.COMMISSIONE)
    add_firme(lista, 3)

    client.get(indirizzo("firme", lista, lista.pk))

    lettura = LetturaSottoscrittori.objects.get()
    assert (lettura.utente, lettura.lista, lettura.letti) == (utente, lista, 3)


def test_no_signer_is_named_on_any_other_page(client, lista):
    entra(client, lista.elezione.comune, Ruolo.RESPONSABILE)
    add_firme(lista, 3)
    altre = [pagina for pagina in tutte(lista) if "sottoscrittori" not in pagina]

    assert not any("FIRMATARIO" in client.get(pagina).content.decode() for pagina in altre)


def test_a_list_is_received_in_one_page(client):
    elezione = elezione_di(40_000, seggi=24)
    entra(client, elezione.comune, Ruolo.OPERATORE)

    risposta = client.post(
        reverse("candidature:ricevi", args=[elezione.slug]),
        {
            "denominazione": "Insieme",
            "sindaco_cognome": "ROSSI",
            "sindaco_nome": "Prova",
            "presentata_il": "2021-09-03T08:15",
            "presentata_da": "Il presentatore",
        },
    )

    lista = Lista.objects.get()
    assert risposta.status_code == 302
    assert (lista.denominazione, lista.numero, lista.numero_provvisorio) == ("Insieme", 1, True)
    assert lista.presentata_il == alle(3, ora=8, minuto=15)


def test_a_wrong_mark_saves_nothing_and_says_why(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    elezione = elezione_di(40_000, seggi=24)
    entra(client, elezione.comune, Ruolo.OPERATORE)

    risposta = client.post(
        reverse("candidature:ricevi", args=[elezione.slug]),
        {
            "denominazione": "Insieme",
            "sindaco": sindaco_in_regola(elezione).pk,
            "presentata_il": "2021-09-03T08:15",
            "presentata_da": "Il presentatore",
            "contrassegno": SimpleUploadedFile("segno.png", b"GIF89a nonsense"),
        },
    )

    assert "deve essere un&#x27;immagine PNG, JPEG o SVG" in risposta.content.decode()
    assert not Lista.objects.exists()


def test_a_candidate_typed_fast_is_saved_and_the_code_fills_the_rest(client):
    lista = presenta(elezione_di(40_000, seggi=24), sessi="")
    entra(client, lista.elezione.comune, Ruolo.OPERATORE)
    dati = {
        "posto": 1,
        "cognome": "ROSSI",
        "nome": "MARIO",
        "codice_fiscale": "RSSMRA80A01H501U",
        "cittadinanza": "IT",
        "accettazione": "presente",
        "iscrizione": "presente",
    }

    risposta = client.post(
        indirizzo("candidati", lista, lista.pk), dati, headers={"accept": "application/json"}
    )

    candidato = lista.candidati.get()
    assert risposta.json()["prossimo"] == 2
    assert (candidato.sesso, candidato.data_nascita, candidato.luogo_nascita) == (
        "M",
        date(1980, 1, 1),
        "Roma",
    )


def test_a_wrong_codice_fiscale_is_refused_with_its_field(client):
    lista = presenta(elezione_di(40_000, seggi=24), sessi="")
    entra(client, lista.elezione.comune, Ruolo.OPERATORE)

    risposta = client.post(
        indirizzo("candidati", lista, lista.pk),
        {"posto": 1, "cognome": "ROSSI", "nome": "MARIO", "codice_fiscale": "RSSMRA80A01H501X"},
        headers={"accept": "application/json"},
    )

    assert risposta.status_code == 422
    assert "non è valido" in risposta.json()["errori"]["codice_fiscale"]


def test_the_desk_refuses_an_unreasoned_refusal_and_keeps_what_was_chosen(client, lista):
    entra(client, lista.elezione.comune, Ruolo.COMMISSIONE)

    risposta = client.post(indirizzo("decidi", lista, lista.pk), {"esito": "ricusata", "motivazione": " "})

    assert risposta.status_code == 422
    assert "Scrivi la motivazione" in risposta.content.decode()
    assert not lista.decisioni.exists()


def test_a_name_is_struck_also_when_its_key_has_thousands(client, lista):
    """The figures of the pages have dots; a key never has."""
    entra(client, lista.elezione.comune, Ruolo.COMMISSIONE)
    Candidato.objects.filter(lista=lista, numero=17).update(id=1_234_567)

    pagina = client.get(indirizzo("banco", lista, lista.pk)).content.decode()

    assert 'name="escludi-1234567"' in pagina


def test_the_office_does_not_decide(client, lista):
    entra(client, lista.elezione.comune, Ruolo.RESPONSABILE)

    assert client.post(indirizzo("decidi", lista, lista.pk), {"esito": "ammessa"}).status_code == 403


def test_the_commissione_sees_only_its_comuni(client, lista):
    altra = presenta(elezione_di(40_000, seggi=24), sessi="MF")
    entra(client, lista.elezione.comune, Ruolo.COMMISSIONE)

    pagina = client.get(reverse("commissione")).content.decode()

    assert lista.elezione.comune.nome in pagina
    assert altra.elezione.comune.nome not in pagina
    client.force_login(UtenteFactory())
    assert client.get(reverse("commissione")).status_code == 403


@pytest.mark.parametrize(
    "spazzatura",
    ["", "x" * 5000, "\x00", "-1", "99999999999999999999", "<script>"],
    ids=["vuoto", "lungo", "nullo", "negativo", "enorme", "codice"],
)
def test_nothing_sent_gives_an_error_of_the_server(client, lista, spazzatura):
    utente = UtenteFactory(is_superuser=True)
    client.force_login(utente)
    from candidature.urls import urlpatterns

    dati = dict.fromkeys(CAMPI, spazzatura) | {f"stato-{d.tipo}": spazzatura for d in lista.documenti.all()}
    for voce in urlpatterns:
        argomenti = [lista.elezione.slug, *([lista.pk] if "<int:pk>" in str(voce.pattern) else [])]
        if "tipo>" in str(voce.pattern):
            argomenti.append("candidati" if "<str" in str(voce.pattern) else "manifesto")
        if "<slug:chi>/<slug:nome>" in str(voce.pattern):
            argomenti += ["candidato-1", "curriculum"]
        assert client.post(reverse(f"candidature:{voce.name}", args=argomenti), dati).status_code < 500


def altre_due(lista: Lista) -> None:
    for nome in ("SECONDA", "TERZA"):
        presenta(lista.elezione, nome, sessi="MF" * 8)


@pytest.mark.parametrize(
    "nome", ["quadro", "esame", "sorteggio", "trasparenza", "collegamenti", "sopravvenienze"]
)
def test_a_list_page_takes_the_same_queries_for_one_list_and_for_three(
    client, lista, nome, django_assert_max_num_queries
):
    entra(client, lista.elezione.comune, Ruolo.RESPONSABILE)
    pagina = indirizzo(nome, lista)
    client.get(pagina)
    with CaptureQueriesContext(connection) as una:
        client.get(pagina)
    altre_due(lista)

    with django_assert_max_num_queries(len(una)):
        client.get(pagina)


def test_the_progress_of_the_circondario_takes_the_same_queries_for_one_comune_and_for_three(
    client, lista, django_assert_max_num_queries
):
    client.force_login(UtenteFactory(is_superuser=True))
    client.get(reverse("commissione"))
    with CaptureQueriesContext(connection) as uno:
        client.get(reverse("commissione"))
    for _ in range(2):
        presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)

    with django_assert_max_num_queries(len(uno)):
        client.get(reverse("commissione"))


def test_the_progress_says_sitting_findings_and_term(client, lista):
    entra(client, lista.elezione.comune, Ruolo.COMMISSIONE)
    lista.candidati.filter(sesso="F").delete()
    refresh_rilievi(lista.elezione)
    dati = dict(luogo="Prova", presidente="P", componenti="C", segretario="S", aperta_il=alle(5))
    open_seduta(lista.elezione, tipo="esame", by=UtenteFactory(), **dati)

    risposta = client.get(reverse("commissione"))

    riga = risposta.context["elezioni"][0]
    assert (riga.con_rilievi, riga.in_seduta, riga.udienza) == (1, True, "le ore 24:00 del 07/09/2021")


def test_the_verbale_grows_beside_the_desk(client, lista):
    entra(client, lista.elezione.comune, Ruolo.COMMISSIONE)
    dati = dict(luogo="Prova", presidente="P", componenti="C", segretario="S", aperta_il=alle(5))
    open_seduta(lista.elezione, tipo="esame", by=UtenteFactory(), **dati)
    ultimo = lista.candidati.get(numero=17)
    esito = {"esito": "ammessa_con_esclusioni", "motivazione": "Manca l'accettazione."}
    client.post(indirizzo("decidi", lista, lista.pk), esito | {f"escludi-{ultimo.pk}": "on"})

    pagina = client.get(indirizzo("banco", lista, lista.pk)).content.decode()

    assert "Verbale fin qui" in pagina
    assert "<strong>ammessa con esclusioni</strong>, 1 nome escluso" in pagina


def test_a_list_whose_sexes_are_not_known_says_so_and_never_zero_and_zero(client, lista):
    entra(client, lista.elezione.comune, Ruolo.OPERATORE)
    lista.candidati.update(sesso="")

    assert "sesso non indicato" in client.get(indirizzo("quadro", lista)).content.decode()


@pytest.mark.parametrize(("abitanti", "dovuta"), [(14_999, False), (15_000, True)])
def test_curriculum_e_casellario_si_pubblicano_da_quindicimila_abitanti(client, abitanti, dovuta):
    elezione = elezione_di(abitanti, seggi=16)
    client.force_login(UtenteFactory(is_superuser=True))

    testo = client.get(reverse("candidature:trasparenza", args=[elezione.slug])).content.decode()

    assert ("Non dovuta" not in testo) is dovuta
