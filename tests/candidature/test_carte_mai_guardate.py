"""A list whose papers nobody has looked at yet: its pages show the checklist and leave no row behind."""

import pytest
from django.urls import reverse

from candidature.models import Allegato, Documento
from candidature.presentazione import documenti_dovuti
from electoral.permessi import Ruolo
from tests.candidature.test_allegati import indirizzo, pdf
from tests.factories import ListaFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    """As it comes from a file: nobody received it at the desk."""
    return ListaFactory()


def entra(client, lista, ruolo=Ruolo.OPERATORE):
    utente = utente_con_ruolo(lista.elezione.comune, ruolo)
    client.force_login(utente)
    return utente


@pytest.mark.parametrize("ruolo", [Ruolo.OPERATORE, Ruolo.COMMISSIONE])
def test_its_pages_show_every_paper_due_and_write_nothing(client, lista, ruolo):
    entra(client, lista, ruolo)

    for nome in ("lista", "carte"):
        pagina = client.get(indirizzo(nome, lista, lista.pk)).content.decode()
        for tipo in documenti_dovuti(lista):
            assert tipo.label in pagina.replace("&#x27;", "'")
            assert f"documento-{tipo}" in pagina

    assert not Documento.objects.exists()


def test_saving_the_checklist_makes_its_rows_and_signs_only_what_changed(client, lista):
    chi = entra(client, lista)

    client.post(
        indirizzo("lista_documenti", lista, lista.pk),
        {"stato-programma": "incompleto", "nota-programma": "manca una firma"},
    )

    assert set(lista.documenti.values_list("tipo", flat=True)) == set(documenti_dovuti(lista))
    programma = lista.documenti.get(tipo="programma")
    assert (programma.stato, programma.nota) == ("incompleto", "manca una firma")
    assert set(lista.documenti.exclude(verificato_da=None)) == {programma}
    assert programma.verificato_da == chi


def test_a_file_goes_to_a_paper_that_has_no_row_yet(client, lista):
    entra(client, lista)

    for nome in ("a.pdf", "b.pdf"):
        client.post(
            indirizzo("allega", lista, lista.pk),
            {"carta": "documento-programma", "file": pdf(b"%PDF-1.7 " + nome.encode(), nome)},
        )

    assert [a.documento.tipo for a in Allegato.objects.all()] == ["programma", "programma"]
    assert lista.documenti.count() == len(documenti_dovuti(lista))
    carte = client.get(indirizzo("carte", lista, lista.pk)).content.decode()
    assert "a.pdf" in carte
    assert "b.pdf" in carte


def test_a_paper_that_is_not_due_or_not_of_a_list_is_refused(client, lista):
    entra(client, lista)

    for carta in ("documento-", "documento-inventato", "documento-1", "sindaco-programma"):
        pagina = client.post(
            indirizzo("allega", lista, lista.pk), {"carta": carta, "file": pdf()}, follow=True
        )
        assert "Scegli a quale carta va il file." in pagina.content.decode()
    client.post(indirizzo("lista_documenti", lista, lista.pk), {"stato-programma": "inventato"})

    assert not Documento.objects.exclude(stato="da_verificare").exists()
    assert not Allegato.objects.exists()
    assert client.get(reverse("candidature:lista", args=[lista.elezione.slug, lista.pk])).status_code == 200
