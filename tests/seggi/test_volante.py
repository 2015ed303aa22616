"""The scrutatore of the seggio volante is drawn, and the draw stays on the page of the section."""

import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from comuni.models import Sezione
from electoral.permessi import Ruolo
from norme.sorteggio import script_verifica
from seggi import volante
from seggi.models import Nomina, SorteggioVolante, Ufficio
from seggi.nomine import end_nomina
from tests.factories import SezioneFactory, utente_con_ruolo
from tests.seggi.costruzione import draw_scrutatori, make_albo, make_elezione

pytestmark = pytest.mark.django_db
DATI = {"dove": "Casa di riposo", "seme": "dado 5", "presenti": "il presidente e il segretario"}


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    make_albo(elezione, 20)
    draw_scrutatori(elezione)
    return elezione


@pytest.fixture
def ufficio(elezione):
    return Ufficio.objects.get(sezione__elezione=elezione, sezione__numero=1)


def page(nome, elezione, *altro):
    return reverse(f"seggi:{nome}", args=[elezione.slug, *altro])


def test_one_of_the_scrutatori_of_the_section_is_drawn_and_anyone_repeats_it(ufficio, tmp_path):
    fatto = volante.draw_volante(ufficio, **DATI)

    assert fatto.estratto in volante.scrutatori_di(ufficio) and len(fatto.elenco) == 4
    (tmp_path / "verifica.py").write_text(script_verifica(), "utf-8")
    (tmp_path / "elenco.csv").write_text("\n".join(fatto.elenco), "utf-8")
    uscita = subprocess.run(
        [sys.executable, "-I", tmp_path / "verifica.py", tmp_path / "elenco.csv", "dado 5"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert uscita[1] == f"1 {volante.riga_di(fatto.estratto)}"


def test_the_same_place_is_not_drawn_again_unless_who_was_drawn_has_left(ufficio):
    primo = volante.draw_volante(ufficio, **DATI)

    with pytest.raises(ValidationError, match="già stato estratto"):
        volante.draw_volante(ufficio, **{**DATI, "dove": "CASA  di riposo", "seme": "dado 6"})
    volante.draw_volante(ufficio, **{**DATI, "dove": "via Roma 1"})
    end_nomina(primo.estratto, stato=Nomina.Stato.RINUNCIATO, motivo="malattia")
    secondo = volante.draw_volante(ufficio, **{**DATI, "seme": "dado 6"})

    assert secondo.estratto != primo.estratto and SorteggioVolante.objects.count() == 3


@pytest.mark.parametrize("manca", DATI)
def test_nothing_is_drawn_without_place_seed_and_those_present(ufficio, manca):
    with pytest.raises(ValidationError, match="Scrivere dove si va"):
        volante.draw_volante(ufficio, **{**DATI, manca: "  "})


def test_an_office_without_scrutatori_says_what_to_do_first(elezione):
    Nomina.objects.all().delete()
    ufficio = Ufficio.objects.filter(sezione__elezione=elezione).first()

    with pytest.raises(ValidationError, match="prima si coprono i posti"):
        volante.draw_volante(ufficio, **DATI)


def test_the_page_proposes_the_place_draws_and_keeps_the_record(client, elezione, ufficio):
    SezioneFactory(
        elezione=elezione,
        numero=3,
        tipo=Sezione.Tipo.VOLANTE,
        sezione_madre=ufficio.sezione,
        plesso="RSA Verde",
    )
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    indirizzo = page("sorteggio_volante", elezione, 1)

    assert "RSA Verde" in client.get(indirizzo).content.decode()
    client.post(indirizzo, {**DATI, "dove": "RSA Verde"})
    pagina = client.get(page("ufficio", elezione, 1)).content.decode()

    fatto = SorteggioVolante.objects.get()
    assert "RSA Verde" in pagina and str(fatto.estratto) in pagina and "dado 5" in pagina
    assert "già stato estratto" in client.post(indirizzo, {**DATI, "dove": "RSA Verde"}).content.decode()


def test_who_only_reads_the_offices_does_not_draw(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.PREFETTURA))

    assert client.post(page("sorteggio_volante", elezione, 1), DATI).status_code in (403, 404)
    assert not SorteggioVolante.objects.exists()
