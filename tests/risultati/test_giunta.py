"""The giunta: the clerk's whole story, what is refused and why, who may look, what the pages cost."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione
from electoral.cronologia import describe, eventi
from electoral.permessi import Ruolo
from risultati.atto_giunta import produce_atto_giunta
from risultati.giunta import GiuntaRifiutata, giunta_di
from risultati.models import Assessore, Surroga
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import semplice
from tests.risultati.giunte import DA_FUORI, DECRETO, alla_pagina, da_fuori, grande, nomina, proclama
from tests.risultati.test_parita_al_banco import testo_atto

pytestmark = pytest.mark.django_db


@pytest.fixture
def ufficio(client):
    """The responsabile at the page of the giunta of the large comune."""
    return alla_pagina(client)


# ---------------------------------------------------------------- the whole story


def test_from_the_decree_to_the_surrogation_the_revocation_and_the_notice(ufficio):
    p, client, giunta = ufficio
    vuota = client.get(giunta).content.decode()
    assert "Nessun assessore ancora" in vuota and "0 su 5 al più" in vuota
    assert "W518" not in vuota

    # a consigliere and a citizen, by the same decree
    uno = {**DECRETO, "persona": "1/1", "vice": "on", "delega": "bilancio, tributi"}
    assert client.post(giunta, uno).status_code == 302
    pagina = client.get(giunta).content.decode()
    assert "W516" in pagina and "vice sindaco" in pagina and "bilancio, tributi" in pagina
    assert 'value="12"' in pagina, "il decreto resta proposto"
    assert client.post(giunta, DECRETO | DA_FUORI | {"delega": "cultura"}).status_code == 302
    assert not Surroga.objects.exists(), "la surroga non parte da sola"

    # the link brings to the surrogation, already filled in
    link = client.get(giunta).context["righe"][0][1]
    assert parse_qs(urlsplit(link).query) == {"chi": ["1/1"], "causa": ["assessore"], "data": ["2021-10-21"]}
    modulo = client.get(link).context["modulo"]
    assert [modulo[campo].value() for campo in ("chi", "causa", "data")] == ["1/1", "assessore", "2021-10-21"]
    evento = {"chi": "1/1", "causa": "assessore", "data": "2021-10-21", "protocollo": ""}
    assert client.post(reverse("esito:mandato", args=[p.elezione.slug]), evento).status_code == 302
    dopo = client.get(giunta)
    assert dopo.context["righe"][0][1] == "" and "W516" not in dopo.content.decode()
    assert "1/1" in dict(dopo.context["modulo"].fields["persona"].choices), (
        "chi ha lasciato resta fra le scelte"
    )

    # the vice sindaco is revoked, another takes the mark
    vice = Assessore.objects.get(vice=True)
    scheda = reverse("esito:assessore", args=[p.elezione.slug, vice.pk])
    revoca = {
        "azione": "cessa",
        "cessazione": "revoca",
        "cessato_il": "2023-01-15",
        "cessazione_atto": "decreto n. 3",
    }
    assert client.post(scheda, revoca).status_code == 302
    assert "decreto n. 3" in client.get(giunta).content.decode()
    assert client.post(giunta, {**DECRETO, "persona": "1/3", "vice": "on"}).status_code == 422, (
        "un vice alla volta"
    )
    altro = {**DECRETO, "dal": "2023-01-15", "persona": "1/3", "vice": "on"}
    assert client.post(giunta, altro).status_code == 302

    # the notice
    assert client.post(reverse("esito:atto_giunta", args=[p.elezione.slug])).status_code == 302
    avviso = testo_atto(p.elezione, "giunta")
    for frase in (
        "ROSSI Anna",
        "NERI Carla",
        "BIANCHI13 Ugo",
        "Vice sindaco",
        "decreto n. 12 del 20 ottobre 2021",
        "dal 21 ottobre 2021",
        "Non ne fanno più parte",
        "revoca del sindaco, il 15 gennaio 2023",
    ):
        assert frase in avviso, frase
    assert "1980" not in avviso, "la nascita non si pubblica"
    assert "consigliere comunale" not in avviso, "oltre 15.000 nessuno resta in consiglio"
    assert (
        "n. 1 " in client.get(giunta).content.decode()
        or "Composizione della giunta" in client.get(giunta).content.decode()
    )


def test_an_end_written_by_mistake_is_corrected_or_taken_away(ufficio):
    p, client, giunta = ufficio
    uno = nomina(p, 1)
    scheda = reverse("esito:assessore", args=[p.elezione.slug, uno.pk])
    cessa = {"azione": "cessa", "cessazione": "morte", "cessato_il": "2022-05-01", "cessazione_atto": "A"}
    client.post(scheda, cessa)
    assert "Togli la cessazione" in client.get(scheda).content.decode()
    client.post(scheda, cessa | {"cessazione": "dimissioni"})
    uno.refresh_from_db()
    assert uno.cessazione == "dimissioni"

    assert client.post(scheda, {"azione": "riprendi"}).status_code == 302

    uno.refresh_from_db()
    assert (uno.cessato_il, uno.cessazione, uno.cessazione_atto) == (None, "", "")


def test_who_cannot_come_back_stays_out_with_the_reason(ufficio):
    p, client, giunta = ufficio
    uno = nomina(p, 1, vice=True, cessato_il=date(2022, 1, 1), cessazione="revoca", cessazione_atto="A")
    nomina(p, 3, vice=True, dal=date(2022, 1, 1))

    risposta = client.post(
        reverse("esito:assessore", args=[p.elezione.slug, uno.pk]), {"azione": "riprendi"}, follow=True
    )

    assert "I vice sindaci sarebbero 2" in risposta.content.decode()
    uno.refresh_from_db()
    assert uno.cessato_il is not None


def test_what_was_written_wrong_is_corrected_and_the_history_keeps_both(ufficio):
    p, client, giunta = ufficio
    uno = nomina(p, 1)
    scheda = reverse("esito:assessore", args=[p.elezione.slug, uno.pk])
    assert client.get(scheda).context["correzione"]["persona"].value() == "1/1"

    assert client.post(scheda, {**DECRETO, "persona": "sindaco/2", "sesso": "M"}).status_code == 302
    uno.refresh_from_db()
    assert (uno.candidato, str(uno)) == (None, "VERDI Ugo")
    client.post(scheda, DECRETO | DA_FUORI)
    uno.refresh_from_db()
    assert (uno.persona, str(uno)) == (None, "NERI Carla")
    assert client.get(scheda).context["correzione"]["persona"].value() == ""
    assert [v.cosa for v in describe(eventi(Assessore, comuni={p.elezione.comune_id}))] == [
        "modificato",
        "modificato",
        "creato",
    ]


# ---------------------------------------------------------------- what the law says of it


def test_the_sixth_assessore_is_refused_with_number_and_article(ufficio):
    p, client, giunta = ufficio
    for cognome in ("UNO", "DUE", "TRE", "QUATTRO", "CINQUE"):
        da_fuori(p, cognome)

    risposta = client.post(giunta, DECRETO | DA_FUORI)

    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert "sarebbero 6: in questo comune sono al più 5 (l. 191/2009 art. 2 c. 185)" in testo
    assert Assessore.objects.count() == 5


def test_one_who_has_left_gives_his_place(ufficio):
    p, *_ = ufficio
    for cognome in ("UNO", "DUE", "TRE", "QUATTRO"):
        da_fuori(p, cognome)
    da_fuori(p, "CINQUE", cessato_il=date(2022, 1, 1), cessazione="dimissioni", cessazione_atto="A")

    with pytest.raises(GiuntaRifiutata, match="sarebbero 6"):
        da_fuori(p, "SEI", dal=date(2021, 12, 31))
    da_fuori(p, "SEI", dal=date(2022, 1, 1))
    with pytest.raises(GiuntaRifiutata, match="sarebbero 6"):
        da_fuori(p, "SETTE", dal=date(2021, 11, 1))


def test_a_giunta_under_the_share_is_saved_and_told(ufficio):
    p, client, giunta = ufficio
    for numero in (1, 3, 5, 7):
        nomina(p, numero, vice=numero == 1)

    pagina = client.get(giunta).content.decode()

    assert "W514" in pagina and "4 uomini e 1 donna (contando il sindaco): su 5 componenti" in pagina
    assert "4 e 1 su 5 componenti, almeno 2 di ciascun sesso" in pagina


def test_the_choice_of_the_ente_on_the_base_is_followed():
    elezione = grande()
    Elezione.objects.filter(pk=elezione.pk).update(interpretazioni={"genere_giunta_base": "senza_sindaco"})
    p = proclama(Elezione.objects.get(pk=elezione.pk))
    nomina(p, 2, vice=True)

    assert giunta_di(p).check().componenti == 1


def test_up_to_15000_the_consigliere_stays_and_the_citizen_needs_the_statuto(client):
    p = proclama(semplice(), sesso_sindaco="M")
    client.force_login(utente_con_ruolo(p.elezione.comune, Ruolo.RESPONSABILE))
    nomina(p, 2, vice=True)
    da_fuori(p, "NERI")

    pagina = client.get(reverse("esito:giunta", args=[p.elezione.slug]))

    codici = [r.codice for r in pagina.context["esito"].rilievi]
    assert codici == ["W517"] and "NERI Pia" in pagina.content.decode()
    assert "Registra la surroga" not in pagina.content.decode()
    produce_atto_giunta(giunta_di(p))
    assert testo_atto(p.elezione, "giunta").count("consigliere comunale") == 1


def test_a_capoluogo_up_to_15000_keeps_its_consigliere_as_art_64_says():
    elezione = grande()
    Elezione.objects.filter(pk=elezione.pk).update(popolazione_legale=12_000, capoluogo=True)
    p = proclama(Elezione.objects.get(pk=elezione.pk))

    uno = nomina(p, 1)

    assert not giunta_di(p).deve_lasciare(uno)


def test_where_the_rules_are_not_known_the_page_says_which(client):
    elezione = grande()
    Elezione.objects.filter(pk=elezione.pk).update(ordinamento="sicilia")
    elezione = Elezione.objects.get(pk=elezione.pk)
    elezione.candidati_sindaco.filter(numero=1).update(sesso="F")
    p = proclama(elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    nomina(p, 1)

    pagina = client.get(reverse("esito:giunta", args=[elezione.slug])).content.decode()

    assert "Che cosa Urna non può controllare" in pagina
    assert (
        "(arrotondamento aritmetico): la regola non è nota qui (ordinamento sicilia, 20.000 abitanti"
        in pagina
    )
    assert "1 su 5 al più" in pagina
    produce_atto_giunta(giunta_di(p))
    assert "267" not in testo_atto(elezione, "giunta")


# ---------------------------------------------------------------- what is refused


DOMANI = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("cambia", "campo", "perche"),
    [
        ({"persona": "1/1", "decreto_data": "2021-10-05"}, "decreto_data", "prima della proclamazione"),
        ({"persona": "1/1", "dal": DOMANI}, "dal", "non è ancora arrivato"),
        ({"persona": "1/1", "dal": "2021-10-19"}, "dal", "prima del decreto"),
        ({"persona": "1/1", "decreto_numero": " "}, "decreto_numero", "obbligatorio"),
        ({"persona": "9/9"}, "persona", "Scegli"),
        ({"persona": "sindaco/1"}, "persona", "Scegli"),
        ({"persona": "1/1", "cognome": "NERI"}, "cognome", "lascia vuoto il nome"),
        ({"persona": "1/1", "sesso": "F"}, "sesso", "Nella candidatura è «maschio»"),
        ({"persona": "sindaco/2"}, "sesso", "indicalo qui"),
        ({}, "cognome", "di chi non è del consiglio serve"),
        (DA_FUORI | {"data_nascita": ""}, "data_nascita", "di chi non è del consiglio serve"),
        (DA_FUORI | {"data_nascita": "2003-10-22"}, "data_nascita", "non ha 18 anni"),
        (DA_FUORI | {"data_nascita": DOMANI}, "data_nascita", "non ha 18 anni"),
        (DA_FUORI | {"sesso": "X"}, "sesso", "Scegli"),
        (DA_FUORI | {"cognome": "x" * 121}, "cognome", "120"),
        ({"persona": "1/1", "delega": "x" * 1001}, "delega", "1000"),
        ({"persona": "1/1", "dal": "9999-99-99"}, "dal", "valida"),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(ufficio, cambia, campo, perche):
    _, client, giunta = ufficio

    risposta = client.post(giunta, DECRETO | cambia)

    assert risposta.status_code == 422
    assert any(perche in errore for errore in risposta.context["modulo"].errors[campo]), risposta.context[
        "modulo"
    ].errors
    assert not Assessore.objects.exists()


def test_nobody_is_twice_in_the_giunta_at_the_same_time(ufficio):
    p, client, giunta = ufficio
    nomina(p, 1, cessato_il=date(2022, 1, 1), cessazione="dimissioni", cessazione_atto="A")
    da_fuori(p, "Neri", nome="Carla", data_nascita=date(1980, 2, 3))

    doppia = client.post(giunta, DECRETO | DA_FUORI)
    assert "Neri Carla è già assessore dal 21/10/2021." in doppia.context["modulo"].errors["cognome"]
    doppio = client.post(giunta, DECRETO | {"persona": "1/1", "dal": "2021-12-31"})
    assert "già assessore" in doppio.context["modulo"].errors["persona"][0]
    assert client.post(giunta, DECRETO | {"persona": "1/1", "dal": "2022-01-01"}).status_code == 302


def test_the_sindaco_is_never_one_of_his_assessori(ufficio):
    p, *_ = ufficio

    with pytest.raises(GiuntaRifiutata, match="È il sindaco"):
        nomina(p, 1, candidato=None, sindaco=p.elezione.candidati_sindaco.get(numero=1), sesso="F")


@pytest.mark.parametrize(
    ("cambia", "campo"),
    [
        ({"cessato_il": "2021-10-20"}, "cessato_il"),
        ({"cessato_il": DOMANI}, "cessato_il"),
        ({"cessazione": "noia"}, "cessazione"),
        ({"cessazione_atto": ""}, "cessazione_atto"),
        ({"cessazione_atto": "x" * 301}, "cessazione_atto"),
    ],
)
def test_an_end_that_cannot_be_is_refused_at_its_box(ufficio, cambia, campo):
    p, client, _ = ufficio
    uno = nomina(p, 1)
    cessa = {"azione": "cessa", "cessazione": "revoca", "cessato_il": "2022-05-01", "cessazione_atto": "A"}

    risposta = client.post(reverse("esito:assessore", args=[p.elezione.slug, uno.pk]), cessa | cambia)

    assert risposta.status_code == 422
    assert risposta.context["cessazione"].errors[campo]
    uno.refresh_from_db()
    assert uno.cessato_il is None


def test_the_notice_waits_for_the_first_assessore(ufficio):
    p, client, giunta = ufficio

    risposta = client.post(reverse("esito:atto_giunta", args=[p.elezione.slug]), follow=True)

    assert "ancora nessun assessore" in risposta.content.decode()
    assert not p.elezione.atti.filter(tipo="giunta").exists()


def test_the_database_refuses_what_the_pages_never_write(ufficio):
    p, *_ = ufficio
    uno = nomina(p, 1, vice=True)
    righe = Assessore.objects.filter(pk=uno.pk)
    for sbagliata in (
        {"cognome": "NERI"},
        {"candidato": None},
        {"sesso": ""},
        {"dal": date(2021, 10, 19)},
        {"cessato_il": date(2022, 1, 1)},
        {"cessato_il": date(2021, 10, 20), "cessazione": "revoca", "cessazione_atto": "A"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            righe.update(**sbagliata)
    altro = nomina(p, 3)
    for sbagliata in ({"vice": True}, {"candidato": uno.candidato}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessore.objects.filter(pk=altro.pk).update(**sbagliata)
    with pytest.raises(ProtectedError):
        p.delete()
