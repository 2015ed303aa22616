"""Elezioni trasparenti: to whom it is due, what the public sees, and until when."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candidature.decisioni import decide_lista
from candidature.models import PubblicazioneTrasparenza
from candidature.presentazione import NonConsentito
from candidature.tasks import take_down_trasparenza
from candidature.trasparenza import attach, build_trasparenza, publish, take_down
from comuni.models import Sistema
from electoral.permessi import Ruolo
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 prova"


def pdf(contenuto: bytes = PDF):
    return SimpleUploadedFile("cv.pdf", contenuto)


def ammessa(popolazione: int = 40_000, *, seggi: int = 24, **altro):
    lista = presenta(elezione_di(popolazione, seggi=seggi, **altro), sessi="MF" * 8)
    decide_lista(lista, esito="ammessa", motivazione="", by=UtenteFactory())
    return lista


def indirizzi(lista) -> list[str]:
    slug, chi = lista.elezione.slug, f"candidato-{lista.candidati.get(numero=1).pk}"
    return [
        reverse("portale:trasparenza", args=[slug]),
        reverse("portale:carta", args=[slug, chi, "curriculum"]),
    ]


def stati(client, lista) -> list[int]:
    risposte = [client.get(pagina) for pagina in indirizzi(lista)]
    for risposta in risposte:
        if risposta.streaming:
            b"".join(risposta.streaming_content)  # read to the end: the file is closed
    return [risposta.status_code for risposta in risposte]


def pubblicata(**altro):
    lista = ammessa(**altro)
    attach(
        lista.elezione,
        chi=f"candidato-{lista.candidati.get(numero=1).pk}",
        curriculum=pdf(),
        casellario=None,
    )
    publish(lista.elezione, by=UtenteFactory())
    return lista


@pytest.mark.parametrize(
    ("popolazione", "anno", "dovuta"),
    [
        (14_999, 2020, False),
        (15_000, 2020, True),  # "escluse quelle relative a comuni con meno di 15.000 abitanti"
        (15_001, 2022, True),
        (40_000, 2018, False),  # before l. 3/2019
    ],
)
def test_it_is_due_by_population_and_by_the_text_in_force_that_day(popolazione, anno, dovuta):
    elezione = elezione_di(popolazione, seggi=16, data=date(anno, 9, 20))

    assert build_trasparenza(elezione).dovuta is dovuta


def test_a_small_capoluogo_votes_as_a_large_comune_but_does_not_publish():
    elezione = elezione_di(
        12_000, seggi=32, data=date(2025, 5, 25), sistema=Sistema.OLTRE_15000, capoluogo=True
    )

    assert build_trasparenza(elezione).dovuta is False


def test_nothing_is_public_until_somebody_publishes(client):
    lista = ammessa()

    assert stati(client, lista) == [404, 404]


def test_who_is_in_the_race_is_found_by_name_and_list_with_the_papers(client):
    lista = pubblicata()
    pagina, carta = indirizzi(lista)

    testo = client.get(pagina, {"q": "uomo", "lista": lista.denominazione}).content.decode()
    risposta = client.get(carta)

    assert testo.count("<tr>") == 9  # the head and eight men
    assert "DONNA" not in testo
    assert "31/12/2026" in testo
    assert b"".join(risposta.streaming_content) == PDF
    assert (risposta["Cache-Control"], risposta["X-Robots-Tag"]) == ("no-store", "noindex, noarchive")


def test_the_day_after_the_last_it_is_gone_even_if_the_task_never_runs(client):
    lista = pubblicata()
    oggi = timezone.localdate()
    pubblicazione = PubblicazioneTrasparenza.objects.filter(elezione=lista.elezione)

    pubblicazione.update(fino_al=oggi)
    assert stati(client, lista) == [200, 200]
    pubblicazione.update(fino_al=date.fromordinal(oggi.toordinal() - 1))
    assert stati(client, lista) == [404, 404]


def test_the_task_writes_down_that_it_was_taken_off_and_is_safe_to_run_twice():
    lista = pubblicata()
    PubblicazioneTrasparenza.objects.filter(elezione=lista.elezione).update(fino_al=date(2022, 1, 1))

    take_down_trasparenza()
    prima = PubblicazioneTrasparenza.objects.get().tolta_il
    take_down_trasparenza()

    assert prima is not None
    assert PubblicazioneTrasparenza.objects.get().tolta_il == prima


def test_the_responsabile_takes_it_off_with_a_reason(client):
    lista = pubblicata()
    with pytest.raises(NonConsentito, match="perché"):
        take_down(lista.elezione, motivo=" ", by=UtenteFactory())

    take_down(lista.elezione, motivo="Ordine del giudice.", by=UtenteFactory())

    assert stati(client, lista) == [404, 404]


def test_the_ente_may_choose_to_take_it_off_after_the_vote():
    elezione = elezione_di(40_000, seggi=24, interpretazioni={"trasparenza_fino_a": "votazione"})

    assert build_trasparenza(elezione).fino_al == date(2021, 10, 4)


def test_who_was_struck_or_refused_is_not_shown(client):
    lista = pubblicata()
    lista.candidati.filter(numero=1).update(stato="escluso")

    assert stati(client, lista) == [200, 404]


def test_a_rehearsal_and_undecided_lists_are_not_published():
    prova = ammessa(prova=True)
    aperta = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)

    for elezione, motivo in ((prova.elezione, "prova generale"), (aperta.elezione, "decide tutte le liste")):
        with pytest.raises(NonConsentito, match=motivo):
            publish(elezione, by=UtenteFactory())


@pytest.mark.parametrize(("ruolo", "stato"), [(Ruolo.RESPONSABILE, 302), (Ruolo.OPERATORE, 403)])
def test_only_the_responsabile_publishes(client, ruolo, stato):
    lista = ammessa()
    client.force_login(utente_con_ruolo(lista.elezione.comune, ruolo))

    risposta = client.post(reverse("candidature:pubblica_trasparenza", args=[lista.elezione.slug]))

    assert risposta.status_code == stato
    assert PubblicazioneTrasparenza.objects.exists() is (stato == 302)


def test_a_file_that_is_not_a_pdf_is_refused():
    lista = ammessa()

    with pytest.raises(NonConsentito, match="Casellario: .*PDF"):
        attach(lista.elezione, chi=f"sindaco-{lista.sindaco.pk}", curriculum=None, casellario=pdf(b"\x89PNG"))
