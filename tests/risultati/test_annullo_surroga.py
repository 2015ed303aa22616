"""An event of the mandate recorded by mistake is annulled with its reason: the council is the one before."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from electoral.permessi import Ruolo
from risultati.annullo_surroga import annul_surroga
from risultati.atto_surroga import produce_atto_surroga
from risultati.models import Surroga
from risultati.proclamazione import reopen
from risultati.surroga import SurrogaRifiutata, chiave_di, consiglio_al, register_surroga
from tests.factories import ComuneFactory, UtenteFactory, utente_con_ruolo
from tests.risultati.elezioni import semplice
from tests.risultati.test_surroga import candidato, non_eletto, proclama

pytestmark = pytest.mark.django_db

Causa = Surroga.Causa
MOTIVO = "Registrata sulla persona sbagliata: le dimissioni sono di un altro consigliere."


def evento(p, *, numero: int, giorno: int, causa=Causa.DIMISSIONI) -> Surroga:
    """Who has that number in the first list leaves that day of May 2022; with its act."""
    surroga = register_surroga(
        p, chi=candidato(p.elezione, 1, numero), causa=causa, data=date(2022, 5, giorno)
    )
    produce_atto_surroga(surroga)
    return surroga


def seduti(p) -> set:
    return consiglio_al(p)[1].in_carica


def pagina(client, p) -> str:
    return client.get(reverse("esito:mandato", args=[p.elezione.slug])).content.decode()


def annulla(client, surroga: Surroga, dati: dict | None = None):
    indirizzo = reverse("esito:annulla_evento", args=[surroga.proclamazione.elezione.slug, surroga.pk])
    return client.get(indirizzo) if dati is None else client.post(indirizzo, dati)


def entra(client, p, ruolo=Ruolo.RESPONSABILE):
    utente = utente_con_ruolo(p.elezione.comune, ruolo)
    client.force_login(utente)
    return utente


def test_the_council_is_the_one_before_and_the_right_event_follows():
    p = proclama(semplice())
    prima = seduti(p)
    sbagliato = evento(p, numero=1, giorno=20)
    assert seduti(p) != prima

    annul_surroga(sbagliato, motivo=f"  {MOTIVO} ")

    assert seduti(p) == prima
    assert seduti(p) == consiglio_al(p, date(2022, 5, 31))[1].in_carica
    giusto = evento(p, numero=2, giorno=3)  # also of a day before the annulled one
    assert giusto.subentra == non_eletto(p, 1, 1)
    assert chiave_di(candidato(p.elezione, 1, 1)) in seduti(p)
    sbagliato.refresh_from_db()
    assert (sbagliato.annullata, sbagliato.annullata_motivo) == (True, MOTIVO)


def test_only_the_last_valid_one_and_the_refusal_says_which_comes_first():
    p = proclama(semplice())
    primo, secondo, terzo = (evento(p, numero=n, giorno=10) for n in (1, 2, 3))

    with pytest.raises(SurrogaRifiutata, match="BIANCHI13 Ugo: dimissioni.*10/05/2022"):
        annul_surroga(primo, motivo=MOTIVO)
    annul_surroga(terzo, motivo=MOTIVO)
    with pytest.raises(SurrogaRifiutata, match="BIANCHI12 Ugo: dimissioni"):
        annul_surroga(primo, motivo=MOTIVO)
    with pytest.raises(SurrogaRifiutata, match="già stato annullato"):
        annul_surroga(terzo, motivo=MOTIVO)
    annul_surroga(secondo, motivo=MOTIVO)
    annul_surroga(primo, motivo=MOTIVO)

    assert seduti(p) == proclamato(p)


def proclamato(p) -> set:
    return consiglio_al(p, p.giorno)[1].in_carica


def test_the_end_of_a_suspension_annulled_leaves_the_supplente_in_his_place():
    p = proclama(semplice())
    sospeso = evento(p, numero=1, giorno=2, causa=Causa.SOSPENSIONE)
    con_supplente = seduti(p)
    fine = evento(p, numero=1, giorno=9, causa=Causa.FINE_SOSPENSIONE)

    annul_surroga(fine, motivo=MOTIVO)

    assert seduti(p) == con_supplente
    with pytest.raises(SurrogaRifiutata, match="è già sospeso"):
        evento(p, numero=1, giorno=9, causa=Causa.SOSPENSIONE)
    annul_surroga(sospeso, motivo=MOTIVO)
    assert seduti(p) == proclamato(p)


def test_after_a_reopened_proclamation_its_events_stay_as_they_are():
    p = proclama(semplice())
    surroga = evento(p, numero=1, giorno=2)
    reopen(p, decisione="TAR Marche, n. 794/2024")

    with pytest.raises(SurrogaRifiutata, match="è stata riaperta"):
        annul_surroga(surroga, motivo=MOTIVO)


def test_without_a_reason_neither_the_function_nor_the_database_accepts_it():
    surroga = evento(proclama(semplice()), numero=1, giorno=2)

    with pytest.raises(SurrogaRifiutata, match="Serve il motivo"):
        annul_surroga(surroga, motivo=" \n")
    with pytest.raises(IntegrityError), transaction.atomic():
        Surroga.objects.filter(pk=surroga.pk).update(annullata=True)
    assert not Surroga.objects.annullate().exists()


def test_the_page_strikes_it_with_reason_and_hour_and_keeps_its_act(client):
    p = proclama(semplice())
    surroga = evento(p, numero=1, giorno=2)
    chi = entra(client, p)
    assert "resta scritto, barrato" in annulla(client, surroga).content.decode()

    assert annulla(client, surroga, {"motivo": MOTIVO}).status_code == 302

    surroga.refresh_from_db()
    testo = pagina(client, p)
    quando = timezone.localtime(surroga.annullata_il)
    assert "<s><time>02/05/2022</time>" in testo
    assert MOTIVO in testo
    assert f"Annullato il {quando:%d/%m/%Y}" in testo
    assert str(chi) in testo
    assert "atto dell'evento annullato" in testo.replace("&#x27;", "'")
    assert reverse("esito:annulla_evento", args=[p.elezione.slug, surroga.pk]) not in testo

    atto = p.elezione.atti.get(tipo="surroga")
    elenco = client.get(reverse("comuni:atti", args=[p.elezione.slug])).content.decode()
    scheda = client.get(reverse("comuni:scheda_atto", args=[p.elezione.slug, atto.numero])).content.decode()
    for letta in (elenco, scheda):
        assert "di questo atto è stato annullato il" in letta
        assert MOTIVO in letta


def test_an_earlier_event_is_refused_by_the_page_too(client):
    p = proclama(semplice())
    primo, _ = evento(p, numero=1, giorno=2), evento(p, numero=2, giorno=3)
    entra(client, p)

    assert annulla(client, primo).status_code == 302
    assert "Prima va annullato" in pagina(client, p)
    risposta = annulla(client, primo, {"motivo": MOTIVO})
    assert risposta.status_code == 422
    assert "BIANCHI12 Ugo: dimissioni" in risposta.content.decode()
    assert not Surroga.objects.annullate().exists()


@pytest.mark.parametrize(
    ("motivo", "stato"), [(None, 422), ("", 422), ("   ", 422), ("\x00", 400), ("a\x00b", 400)]
)
def test_a_reason_that_says_nothing_is_a_bad_form(client, motivo, stato):
    surroga = evento(proclama(semplice()), numero=1, giorno=2)
    entra(client, surroga.proclamazione)

    assert annulla(client, surroga, {} if motivo is None else {"motivo": motivo}).status_code == stato
    assert not Surroga.objects.annullate().exists()


def test_what_is_written_in_the_reason_is_only_text(client):
    surroga = evento(proclama(semplice()), numero=1, giorno=2)
    entra(client, surroga.proclamazione)

    assert annulla(client, surroga, {"motivo": "<script>x</script>" + "è" * 5000}).status_code == 302

    assert "<script>x" not in pagina(client, surroga.proclamazione)


def test_only_who_closes_and_only_in_his_comune(client):
    surroga = evento(proclama(semplice()), numero=1, giorno=2)
    altrui = proclama(semplice(nome="altro"))
    for ruolo in Ruolo:
        if ruolo is not Ruolo.RESPONSABILE:
            entra(client, surroga.proclamazione, ruolo)
            assert annulla(client, surroga, {"motivo": MOTIVO}).status_code == 403, ruolo
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))
    assert annulla(client, surroga, {"motivo": MOTIVO}).status_code == 404
    entra(client, altrui)  # an event of another election under one's own address
    indirizzo = reverse("esito:annulla_evento", args=[altrui.elezione.slug, surroga.pk])
    assert client.post(indirizzo, {"motivo": MOTIVO}).status_code == 404
    client.logout()
    assert annulla(client, surroga, {"motivo": MOTIVO}).status_code == 302

    assert not Surroga.objects.annullate().exists()
    entra(client, surroga.proclamazione, Ruolo.PREFETTURA)
    assert "/annulla/" not in pagina(client, surroga.proclamazione)


def test_the_history_keeps_the_row_as_it_was_and_as_it_is():
    p = proclama(semplice())
    surroga = evento(p, numero=1, giorno=2)

    annul_surroga(surroga, motivo=MOTIVO, by=UtenteFactory())

    storia = list(surroga.events.order_by("pgh_id").values_list("pgh_label", "annullata", "annullata_motivo"))
    assert storia == [("insert", False, ""), ("update", True, MOTIVO)]


def test_the_pages_ask_the_same_queries_for_one_annulled_event_and_for_four(client):
    conti = []
    for nome, quanti in (("uno", 1), ("quattro", 4)):
        p = proclama(semplice(nome=nome))
        for numero in range(1, quanti + 1):
            annul_surroga(evento(p, numero=numero, giorno=numero), motivo=MOTIVO, by=UtenteFactory())
        entra(client, p)
        for dove in ("esito:mandato", "comuni:atti"):
            with CaptureQueriesContext(connection) as fatte:
                assert client.get(reverse(dove, args=[p.elezione.slug])).status_code == 200
            conti.append(len(fatte))
    assert conti[:2] == conti[2:]
