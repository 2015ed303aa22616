"""The card of an act: checked again, signed versions added and refused, who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comuni.atti import produce_atto
from comuni.atti_firmati import attach_firmata
from comuni.models import VersioneFirmata
from electoral.permessi import Azione, Ruolo
from tests.comuni.test_atti import produce
from tests.electoral.firmatari import Autorita, sign_p7m, sign_pdf
from tests.factories import ComuneFactory, ElezioneFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def maria():
    return Autorita().firmatario()


@pytest.fixture
def atto():
    return produce(ElezioneFactory())


def scheda(atto):
    return reverse("comuni:scheda_atto", args=[atto.elezione.slug, atto.numero])


def entra(client, atto, ruolo=Ruolo.RESPONSABILE):
    client.force_login(utente_con_ruolo(atto.elezione.comune, ruolo))


def contenuto(atto) -> bytes:
    with atto.file.open("rb") as file:
        return file.read()


def carica(client, atto, byte: bytes, nome="verbale.pdf"):
    return client.post(scheda(atto), {"file": SimpleUploadedFile(nome, byte)})


def conservato(versione) -> bytes:
    with versione.file.open("rb") as file:
        return file.read()


def test_a_signed_pdf_and_an_envelope_are_kept_with_who_signed(client, atto, maria):
    entra(client, atto)

    assert carica(client, atto, sign_pdf(contenuto(atto), maria)).status_code == 302
    assert carica(client, atto, sign_p7m(contenuto(atto), maria), "verbale.pdf.p7m").status_code == 302

    assert [v.formato for v in atto.firmate.all()] == ["PAdES", "CAdES"]
    pagina = client.get(scheda(atto)).content.decode()
    assert pagina.count("Rossi Maria") == 2
    assert "non verificata" in pagina
    assert "firmato" in client.get(reverse("comuni:atti", args=[atto.elezione.slug])).content.decode()
    busta = atto.firmate.last()
    scaricata = client.get(reverse("comuni:atto_firmato", args=[atto.elezione.slug, atto.numero, busta.pk]))
    assert scaricata["Content-Disposition"].endswith('.pdf.p7m"')
    assert b"".join(scaricata.streaming_content) == conservato(busta)
    assert VersioneFirmata.pgh_event_model.objects.count() == 2


def test_another_act_signed_is_refused_and_nothing_is_kept(client, atto, maria):
    entra(client, atto)
    altro = produce(atto.elezione, titolo="Altro avviso")

    risposta = carica(client, atto, sign_pdf(contenuto(altro), maria))

    assert risposta.status_code == 422
    assert "non contiene l&#x27;atto" in risposta.content.decode()
    assert not VersioneFirmata.objects.exists()


@pytest.mark.parametrize("byte", [b"", b"%PDF-1.7", b"\x30\x80", b"MII", b"\xff" * 50])
def test_rubbish_gets_a_message(client, atto, byte):
    entra(client, atto)
    assert carica(client, atto, byte).status_code == 422


def test_the_same_file_twice_is_one(client, atto, maria):
    entra(client, atto)
    firmato = sign_pdf(contenuto(atto), maria)
    carica(client, atto, firmato)

    assert "già stato caricato" in carica(client, atto, firmato).content.decode()
    assert VersioneFirmata.objects.count() == 1


def test_the_check_says_the_file_is_the_one_produced(client, atto):
    entra(client, atto)
    atto.refresh_from_db()

    pagina = client.post(scheda(atto), {"ricontrolla": "1"}).content.decode()

    assert "Il file conservato è quello prodotto" in pagina
    assert "identico fino all&#x27;ultimo bit" in pagina or "identico fino all'ultimo bit" in pagina


def test_a_damaged_file_is_told(client, atto):
    entra(client, atto)
    with open(atto.file.path, "ab") as file:
        file.write(b" ")

    pagina = client.post(scheda(atto), {"ricontrolla": "1"}).content.decode()
    assert "va ripreso da una copia" in pagina


def test_who_reads_does_not_upload_and_outsiders_see_nothing(client, atto, maria):
    entra(client, atto, Ruolo.PREFETTURA)
    assert client.get(scheda(atto)).status_code == 200
    assert carica(client, atto, sign_pdf(contenuto(atto), maria)).status_code == 403

    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))
    assert client.get(scheda(atto)).status_code == 404


def test_an_act_for_other_roles_has_no_card(client, atto):
    atto.azione = Azione.DECIDERE_LISTE.value
    atto.save()
    entra(client, atto, Ruolo.PREFETTURA)

    assert client.get(scheda(atto)).status_code == 404


def test_the_history_of_signed_versions_is_of_who_may_read_the_act(client, maria):
    """The commissione does not read who signed the nomine, nor does the ragioneria."""
    riservato = produce_atto(
        ElezioneFactory(),
        tipo="nomina",
        titolo="Nomina",
        modello="pagina",
        contesto={"titolo": "Nomina", "comune": "Prova", "paragrafi": ["Testo"]},
        azione=Azione.NOMINARE,
    )
    attach_firmata(riservato, sign_pdf(contenuto(riservato), maria), nome="nomina.pdf")
    cronologia = reverse("admin:comuni_versionefirmata_cronologia")
    una = reverse("admin:comuni_versionefirmata_history", args=[riservato.firmate.get().pk])
    viste = {}
    for ruolo in (Ruolo.RESPONSABILE, Ruolo.COMMISSIONE, Ruolo.RAGIONERIA):
        utente = utente_con_ruolo(riservato.elezione.comune, ruolo)
        utente.is_staff = True
        utente.save()
        client.force_login(utente)
        viste[ruolo] = (
            client.get(cronologia).content.decode().count("Rossi Maria"),
            client.get(una).status_code,
        )

    assert viste[Ruolo.RESPONSABILE][0] > 0 and viste[Ruolo.RESPONSABILE][1] == 200
    assert viste[Ruolo.COMMISSIONE] == viste[Ruolo.RAGIONERIA] == (0, 404)
