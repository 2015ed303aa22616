"""Users: who invites whom, roles by comune, sections, the file, and the doors that stay closed."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comuni.models import Appartenenza, Comune
from comuni.utenti import free_username, parse_numeri
from electoral.models import Utente
from electoral.permessi import Ruolo
from tests.factories import (
    AppartenenzaFactory,
    ComuneFactory,
    ElezioneFactory,
    SezioneFactory,
    UtenteFactory,
    utente_con_ruolo,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def comune():
    return ComuneFactory(nome="Città di prova")


@pytest.fixture
def responsabile(client, comune):
    utente = utente_con_ruolo(comune, Ruolo.RESPONSABILE)
    client.force_login(utente)
    return utente


def _invita(client, comune, **campi):
    dati = {"nome": "Ada", "cognome": "Monti", "comune": comune.nome, "ruolo": Ruolo.OPERATORE} | campi
    return client.post(reverse("comuni:invita_utente"), dati)


def test_the_responsabile_invites_with_a_link_to_hand_over(client, responsabile, comune):
    risposta = _invita(client, comune)
    utente = Utente.objects.get(username="ada.monti")

    assert "/accesso/invito/" in risposta.content.decode()
    assert not utente.has_usable_password()
    assert utente.coppie_comune_ruolo() == [(comune.pk, Ruolo.OPERATORE)]


def test_the_invitation_goes_by_mail_when_asked(client, responsabile, comune):
    _invita(client, comune, email="ada@example.org", manda="on")

    [messaggio] = mail.outbox
    assert messaggio.to == ["ada@example.org"]
    assert "http://testserver/accesso/invito/" in messaggio.body


def test_a_known_person_gets_the_role_and_no_new_login(client, responsabile, comune):
    nota = AppartenenzaFactory(utente=UtenteFactory(email="ada@example.org")).utente
    _invita(client, comune, email="ADA@example.org")

    assert set(nota.appartenenze.values_list("comune", "ruolo")) >= {(comune.pk, Ruolo.OPERATORE)}
    assert not Utente.objects.filter(username="ada.monti").exists()


def test_a_role_in_another_comune_cannot_be_given(client, responsabile):
    altrove = ComuneFactory(nome="Altrove")
    risposta = _invita(client, altrove)

    assert "Nessun comune «Altrove»" in risposta.content.decode()
    assert not Appartenenza.objects.filter(comune=altrove).exists()


def test_two_persons_of_the_same_name_have_two_user_names():
    UtenteFactory(username="niccolo.d.angelo")

    assert free_username("Niccolò", "D'Angelo") == "niccolo.dangelo"
    UtenteFactory(username="niccolo.dangelo")
    assert free_username("Niccolò", "D'Angelo") == "niccolo.dangelo2"


def test_who_works_elsewhere_too_keeps_his_login_out_of_reach(client, responsabile, comune):
    ovunque = utente_con_ruolo(comune, Ruolo.OPERATORE)
    AppartenenzaFactory(utente=ovunque)

    assert client.get(reverse("comuni:utente", args=[ovunque.pk])).status_code == 200
    assert client.post(reverse("comuni:rinnova_invito", args=[ovunque.pk])).status_code == 403
    assert client.post(reverse("comuni:sospendi_utente", args=[ovunque.pk])).status_code == 403


def test_users_and_roles_of_another_comune_do_not_exist(client, responsabile):
    altrui = AppartenenzaFactory()

    for nome, pk in [
        ("utente", altrui.utente_id),
        ("togli_ruolo", altrui.pk),
        ("sezioni_digitatore", altrui.pk),
    ]:
        assert client.get(reverse(f"comuni:{nome}", args=[pk])).status_code == 404
    amministratore = UtenteFactory(is_superuser=True)
    AppartenenzaFactory(utente=amministratore, comune=responsabile.appartenenze.get().comune)
    assert client.get(reverse("comuni:utente", args=[amministratore.pk])).status_code == 404


@pytest.mark.parametrize("ruolo", [r for r in Ruolo if r != Ruolo.RESPONSABILE])
def test_only_the_responsabile_opens_the_users(client, comune, ruolo):
    client.force_login(utente_con_ruolo(comune, ruolo))

    assert client.get(reverse("comuni:utenti")).status_code == 403
    assert client.get(reverse("comuni:permessi")).status_code == 200


def test_a_suspended_user_is_out_at_the_next_page(client, responsabile, comune):
    operatore = utente_con_ruolo(comune, Ruolo.OPERATORE)
    altro = type(client)()
    altro.force_login(operatore)
    assert altro.get(reverse("comuni:home")).status_code == 200

    client.post(reverse("comuni:sospendi_utente", args=[operatore.pk]))

    assert altro.get(reverse("comuni:home")).status_code == 302


def test_a_role_is_taken_away_with_its_sections(client, responsabile, comune):
    sezione = SezioneFactory(elezione=ElezioneFactory(comune=comune))
    ruolo = AppartenenzaFactory(comune=comune, ruolo=Ruolo.DIGITATORE)
    ruolo.sezioni.add(sezione)

    client.post(reverse("comuni:togli_ruolo", args=[ruolo.pk]))

    assert not Appartenenza.objects.filter(pk=ruolo.pk).exists()


def test_a_typist_gets_the_sections_written(client, responsabile, comune):
    elezione = ElezioneFactory(comune=comune)
    for numero in range(1, 8):
        SezioneFactory(elezione=elezione, numero=numero)
    ruolo = AppartenenzaFactory(comune=comune, ruolo=Ruolo.DIGITATORE)
    indirizzo = reverse("comuni:sezioni_digitatore", args=[ruolo.pk])

    client.post(indirizzo, {"elezione": elezione.pk, "sezioni": "1-3, 7"})
    sbagliata = client.post(indirizzo, {"elezione": elezione.pk, "sezioni": "1-9"})

    assert list(ruolo.sezioni.values_list("numero", flat=True)) == [1, 2, 3, 7]
    assert "non ci sono le sezioni 8, 9" in sbagliata.content.decode()


def test_sections_are_read_as_written():
    assert parse_numeri("1-3, 7;9") == [1, 2, 3, 7, 9]
    assert parse_numeri("") == []


def test_the_prefettura_sees_a_whole_province(client):
    for _ in range(3):
        ComuneFactory(provincia="Ascoli Piceno")
    prefetto = AppartenenzaFactory(ruolo=Ruolo.PREFETTURA).utente
    client.force_login(UtenteFactory(is_superuser=True))

    client.post(reverse("comuni:ruolo_su_tutti", args=[prefetto.pk]), {"ambito": "provincia:Ascoli Piceno"})

    assert prefetto.appartenenze.filter(ruolo=Ruolo.PREFETTURA).count() == 4


def _carica(client, testo):
    file = SimpleUploadedFile("utenti.csv", testo.encode())
    return client.post(reverse("comuni:importa_utenti"), {"file": file})


def test_a_file_of_users_is_previewed_then_confirmed(client, responsabile, comune):
    elezione = ElezioneFactory(comune=comune)
    SezioneFactory(elezione=elezione, numero=1)
    anteprima = _carica(client, "cognome,nome,ruolo,sezioni\nMonti,Ada,digitatore,1\nBruni,Ugo,operatore,\n")
    assert Utente.objects.count() == 1

    client.post(reverse("comuni:importa_utenti"), {"righe": anteprima.context["righe"]})
    client.post(reverse("comuni:importa_utenti"), {"righe": anteprima.context["righe"]})

    assert set(Utente.objects.exclude(pk=responsabile.pk).values_list("username", flat=True)) == {
        "ada.monti",
        "ugo.bruni",
    }
    assert list(Appartenenza.objects.get(ruolo=Ruolo.DIGITATORE).sezioni.all()) == list(
        elezione.sezioni.all()
    )


def test_a_file_with_an_error_saves_nothing_and_names_it(client, responsabile):
    risposta = _carica(
        client, "cognome,nome,ruolo,comune,email\nMonti,Ada,sindaco,,x\nBruni,Ugo,operatore,Altrove,\n"
    )
    pagina = risposta.content.decode()

    assert "Altrove" in pagina
    assert "sindaco" in pagina
    assert "Conferma: invita" not in pagina
    assert Utente.objects.count() == 1


def test_the_confirmation_of_another_user_is_refused(client, responsabile, comune):
    righe = _carica(client, "cognome,nome,ruolo\nMonti,Ada,operatore\n").context["righe"]
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))

    client.post(reverse("comuni:importa_utenti"), {"righe": righe})

    assert not Utente.objects.filter(username="ada.monti").exists()


@pytest.mark.parametrize("numero", [1, 3])
def test_the_list_costs_the_same_for_one_user_or_three(
    client, responsabile, comune, numero, django_assert_max_num_queries
):
    AppartenenzaFactory.create_batch(numero, comune=comune)

    with django_assert_max_num_queries(12):
        assert client.get(reverse("comuni:utenti")).status_code == 200


def test_the_home_with_a_province_of_comuni_costs_few_queries(client, django_assert_max_num_queries):
    Comune.objects.bulk_create(
        Comune(nome=f"Comune {n}", chiave=f"comune{n}", provincia="P", regione="R") for n in range(60)
    )
    for comune in Comune.objects.all():
        ElezioneFactory(comune=comune)
    client.force_login(UtenteFactory(is_superuser=True))

    with django_assert_max_num_queries(12):  # of them one reads the roles, for the first steps
        pagina = client.get(reverse("comuni:home") + "?q=Comune+5")

    assert pagina.context["page_obj"].paginator.count == 11


def test_the_responsabile_writes_the_address_of_her_people_and_of_no_other(client, responsabile, comune):
    propria, altrui = utente_con_ruolo(comune, Ruolo.OPERATORE), utente_con_ruolo(comune, Ruolo.OPERATORE)
    AppartenenzaFactory(utente=altrui)

    client.post(reverse("comuni:posta_utente", args=[propria.pk]), {"email": "ada@comune.example.it"})
    client.post(reverse("comuni:posta_utente", args=[propria.pk]), {"email": "non un indirizzo"})
    rifiutata = client.post(reverse("comuni:posta_utente", args=[altrui.pk]), {"email": "x@example.it"})

    propria.refresh_from_db()
    altrui.refresh_from_db()
    assert (propria.email, altrui.email, rifiutata.status_code) == ("ada@comune.example.it", "", 403)
