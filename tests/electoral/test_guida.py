"""The guide inside the product: every page opens it in the right place, every link leads somewhere."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from electoral.guida import pagine
from electoral.guida.passi import PASSI, passi_di
from electoral.navigazione import voci
from electoral.permessi import Ruolo
from norme.rilievi import catalogo
from tests.factories import AppartenenzaFactory, ElezioneFactory, UtenteFactory

pytestmark = pytest.mark.django_db


def test_ogni_voce_del_menu_ha_il_suo_posto_nella_guida():
    senza = [voce.url_name for voce in voci() if pagine.indirizzo_per(voce.url_name) == reverse("guida")]

    assert senza == []


def test_ogni_ancora_della_guida_esiste_nella_sua_pagina():
    mancanti = [
        (pagina, ancora)
        for pagina, ancora in pagine.posti().values()
        if ancora and f'id="{ancora}"' not in pagine.leggi(pagina).html
    ]

    assert len(pagine.posti()) > 30
    assert mancanti == []


def test_collegamenti_e_immagini_della_guida_portano_da_qualche_parte(client):
    client.force_login(UtenteFactory())
    rotti = []
    for nome in (pagine.INDICE, *pagine.nomi()):
        testo = client.get(reverse("guida_pagina", args=[nome])).content.decode()
        corpo = testo[testo.index("guida-testo") :]
        for indirizzo in re.findall(r'href="(/[^"#]+)', corpo):
            if client.get(indirizzo).status_code != 200:
                rotti.append((nome, indirizzo))
        immagini = re.findall(r'src="/static/(guida/[^"]+)', corpo)
        rotti += [(nome, immagine) for immagine in immagini if not finders.find(immagine)]

    assert rotti == []


def test_una_pagina_che_non_c_e_risponde_404(client):
    client.force_login(UtenteFactory())

    assert client.get("/ufficio/guida/non-esiste/").status_code == 404


def test_la_guida_si_apre_dalla_pagina_nel_punto_giusto(client):
    elezione = ElezioneFactory()
    client.force_login(UtenteFactory(is_superuser=True))

    testo = client.get(reverse("comuni:scadenzario", args=[elezione.slug])).content.decode()

    assert f'href="{reverse("guida_pagina", args=["preparazione"])}#scadenzario" data-guida' in testo


def test_la_pagina_dei_codici_li_dice_tutti_e_si_cerca(client):
    client.force_login(UtenteFactory())

    tutti = client.get(reverse("codici")).content.decode()
    trovati = client.get(reverse("codici"), {"q": "w402"}).content.decode()
    nessuno = client.get(reverse("codici"), {"q": "zzzz"}).content.decode()

    assert [codice for codice in catalogo() if f'id="{codice}"' not in tutti] == []
    assert "{" not in re.search(r"<main.*</main>", tutti, re.DOTALL)[0]
    assert trovati.count("<tr id=") == 1
    assert "Nessun codice trovato" in nessuno


def test_i_primi_passi_si_propongono_finche_non_si_chiudono(client):
    appartenenza = AppartenenzaFactory()
    elezione = ElezioneFactory(comune=appartenenza.comune)
    quadro = reverse("comuni:elezione", args=[elezione.slug])
    client.force_login(appartenenza.utente)

    prima = client.get(quadro).content.decode()
    chiuso = client.post(reverse("chiudi_primi_passi"), {"poi": quadro})
    dopo = client.get(quadro).content.decode()
    client.post(reverse("chiudi_primi_passi"), {"ricomincia": "1"})
    di_nuovo = client.get(quadro).content.decode()

    assert "data-primi-passi" in prima
    assert chiuso.url == quadro
    assert "data-primi-passi" not in dopo
    assert "data-primi-passi" in di_nuovo


def test_chiudere_i_primi_passi_non_porta_fuori_dal_sito(client):
    client.force_login(UtenteFactory())

    risposta = client.post(reverse("chiudi_primi_passi"), {"poi": "https://altrove.example/"})

    assert risposta.url == reverse("comuni:home")


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_ogni_ruolo_ha_al_piu_sei_passi_e_l_ultimo_e_la_guida(ruolo):
    passi = passi_di(AppartenenzaFactory(ruolo=ruolo).utente)

    assert 3 <= len(passi) <= 6
    assert passi[-1] == PASSI[-1]
