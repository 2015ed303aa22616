"""The commissione that nominates without a draw: one name for each member, every vote kept by name."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from comuni.models import Atto
from electoral.permessi import Ruolo
from seggi import sedute
from seggi.models import Iscritto, Nomina, PostoGraduatoria, SedutaNomina, Ufficio, VotoNomina
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import make_albo, make_elezione

pytestmark = pytest.mark.django_db
MEMBRI = ["Rossi Maria, sindaco", "Bianchi Ugo", "Verdi Ada", "Neri Ezio"]


@pytest.fixture
def elezione():
    return make_elezione(sezioni=1)


@pytest.fixture
def seduta(elezione):
    return SedutaNomina.objects.create(
        elezione=elezione, quando="2021-09-10T10:00+02:00", luogo="sala consiliare", membri=MEMBRI
    )


def vote(*iscritti) -> dict[str, Iscritto]:
    return dict(zip(MEMBRI, iscritti, strict=False))


def test_the_most_voted_take_the_posts_and_the_elder_comes_first_when_equal(elezione):
    anziana, giovane, terzo = make_albo(elezione, 3)
    anziana.data_nascita, giovane.data_nascita = date(1960, 1, 1), date(1995, 1, 1)

    assert sedute.elect(vote(terzo, terzo, giovane, anziana), posti=2) == [terzo, anziana]


def test_equal_votes_and_equal_age_are_for_the_commissione_to_decide(elezione):
    primo, secondo = make_albo(elezione, 2)

    with pytest.raises(ValidationError, match="rivotare"):
        sedute.elect(vote(primo, secondo), posti=1)


def test_every_vote_is_kept_with_the_name_of_who_cast_it(seduta):
    persone = make_albo(seduta.elezione, 4)
    ufficio = Ufficio.objects.get(sezione__elezione=seduta.elezione)

    nuove = sedute.record_votazione(seduta, ufficio, voti=vote(*persone))

    assert [n.metodo for n in nuove] == ["voto"] * 4
    assert list(VotoNomina.objects.values_list("membro", "iscritto", "eletto")) == [
        (membro, persona.pk, True) for membro, persona in zip(MEMBRI, persone, strict=True)
    ]


def test_whoever_the_law_excludes_is_refused_and_no_vote_is_saved(seduta):
    (anziano,) = make_albo(seduta.elezione, 1, data_nascita=date(1950, 1, 1))
    ufficio = Ufficio.objects.get(sezione__elezione=seduta.elezione)

    with pytest.raises(ValidationError, match="art. 23 a"):
        sedute.record_votazione(seduta, ufficio, voti=vote(anziano))
    assert not VotoNomina.objects.exists()
    assert not Nomina.objects.exists()


def test_who_did_not_sit_does_not_vote(seduta):
    (persona,) = make_albo(seduta.elezione, 1)
    ufficio = Ufficio.objects.get(sezione__elezione=seduta.elezione)

    with pytest.raises(ValidationError, match="non era presente"):
        sedute.record_votazione(seduta, ufficio, voti={"Estraneo": persona})


def test_from_the_sitting_to_the_verbale_on_the_screen(client, elezione):
    make_albo(elezione, 6)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    dati = {"quando": "2021-09-10T10:00", "luogo": "sala consiliare", "membri": "\n".join(MEMBRI)}
    client.post(reverse("seggi:nuova_seduta", args=[elezione.slug]), dati)
    seduta = SedutaNomina.objects.get()
    vota = reverse("seggi:vota", args=[elezione.slug, seduta.pk, 1])
    client.post(vota, {f"voto_{n}": n + 1 for n in range(4)})
    riserve = {"ruolo": "riserve", "metodo": "unanimita", "numeri": "6 5"}
    client.post(reverse("seggi:inserisci_nomine", args=[elezione.slug]), riserve)
    client.post(reverse("seggi:verbale_seduta", args=[elezione.slug, seduta.pk]))

    assert Nomina.objects.attive().count() == 4
    assert list(PostoGraduatoria.objects.values_list("iscritto__numero_albo", flat=True)) == [6, 5]
    with Atto.objects.get(tipo="verbale_seduta_scrutatori").file.open("rb") as file:
        testo = PdfReader(file).pages[0].extract_text()
    assert "Bianchi Ugo" in testo and "PERSONA00002 PROVA" in testo
    pagina = client.get(reverse("seggi:seduta", args=[elezione.slug, seduta.pk])).content.decode()
    assert "Chi ha votato per chi" in pagina


def test_a_wrong_number_says_which_and_saves_nothing(client, elezione, seduta):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    risposta = client.post(reverse("seggi:vota", args=[elezione.slug, seduta.pk, 1]), {"voto_0": 99})

    assert "non c&#x27;è il numero 99" in risposta.content.decode()
    assert not VotoNomina.objects.exists()
