"""Filing: mark, provisional numbers, frozen version, corrections, signers forgotten after the term."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from PIL import Image, ImageDraw

from candidature import contrassegni, rettifiche, sottoscrittori
from candidature.contrassegni import ContrassegnoErrato, clean_contrassegno, distance
from candidature.identita import compare_codice_fiscale, impronta_persona
from candidature.models import Documento, Sottoscrizione
from candidature.presentazione import NonConsentito, freeze_lista, set_contrassegno, snapshot
from tests.candidature.costruzione import add_firme, elezione_di, presenta
from tests.factories import UtenteFactory

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s<circle cx="5" cy="5" r="4"/></svg>'


def immagine(colore: str = "navy", *, formato: str = "PNG", lato: int = 300) -> bytes:
    tela = Image.new("RGB", (lato, lato), "white")
    ImageDraw.Draw(tela).ellipse((10, 10, lato - 10, lato - 10), fill=colore)
    uscita = io.BytesIO()
    tela.save(uscita, formato)
    return uscita.getvalue()


@pytest.mark.parametrize("contenuto", [immagine(), immagine(formato="JPEG"), SVG % b"<script>1</script>"])
def test_a_mark_becomes_a_clean_png(contenuto):
    pulito = clean_contrassegno(contenuto)

    assert pulito.png.startswith(b"\x89PNG")
    assert b"script" not in pulito.png
    assert len(pulito.impronta) == 16


@pytest.mark.parametrize(
    ("contenuto", "messaggio"),
    [
        (b"", "vuoto"),
        (b"GIF89a", "PNG, JPEG o SVG"),
        (immagine()[:200], "rovinata"),
        (immagine(lato=50), "troppo piccola"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"&a;", "entità"),
        (b"<svg><broken", "non si legge"),
    ],
    ids=["vuoto", "gif", "tronco", "piccolo", "entita", "svg rotto"],
)
def test_what_is_not_a_mark_is_refused_with_a_remedy(contenuto, messaggio):
    with pytest.raises(ContrassegnoErrato, match=messaggio):
        clean_contrassegno(contenuto)


def test_a_drawing_that_asks_for_hours_of_work_is_stopped(monkeypatch):
    monkeypatch.setattr(contrassegni, "SECONDI_SVG", 2)
    filtro = b'<feTurbulence numOctaves="1000" baseFrequency="0.9"/>' * 200
    disegno = b'<filter id="f">' + filtro + b"</filter>" + b'<path filter="url(#f)" d="M0 0h9v9z"/>' * 50

    with pytest.raises(ContrassegnoErrato, match="troppo complesso"):
        clean_contrassegno(SVG % disegno)


def test_the_same_mark_in_two_formats_is_near():
    assert (
        distance(
            clean_contrassegno(immagine()).impronta, clean_contrassegno(immagine(formato="JPEG")).impronta
        )
        <= 4
    )


def test_the_codice_fiscale_names_what_differs():
    dati = {"cognome": "ROSSI", "nome": "MARIO", "sesso": "M", "data_nascita": date(1980, 1, 1)}

    assert compare_codice_fiscale("RSSMRA80A01H501U", **dati, luogo_nascita="Roma") == []
    assert compare_codice_fiscale("RSSMRA80A01H501U", **dati, luogo_nascita="Milano") == ["luogo_nascita"]
    assert compare_codice_fiscale("RSSMRA80A01H501U", **dati | {"sesso": "F"}) == ["sesso"]
    assert compare_codice_fiscale("RSSMRA80A01H50MM", **dati) == []  # omocodia


def test_the_hash_of_a_person_does_not_change_with_case_or_omocodia():
    assert impronta_persona(codice_fiscale="RSSMRA80A01H501U") == impronta_persona(
        codice_fiscale="RSSMRA80A01H50MM"
    )
    assert impronta_persona(cognome="Rossi", nome="Mario") == ""


@pytest.mark.django_db
def test_numbers_are_provisional_in_order_of_filing():
    elezione = elezione_di(40_000, seggi=24)

    liste = [presenta(elezione, nome, sessi="MF") for nome in ("UNA", "DUE")]

    assert [(lista.numero, lista.numero_provvisorio) for lista in liste] == [(1, True), (2, True)]


@pytest.mark.django_db
def test_the_budget_is_asked_above_50000_and_no_certificates_below_1000():
    def tipi(popolazione, seggi):
        return set(
            presenta(elezione_di(popolazione, seggi=seggi), sessi="MF").documenti.values_list(
                "tipo", flat=True
            )
        )

    assert Documento.Tipo.BILANCIO in tipi(50_001, 24)
    assert Documento.Tipo.BILANCIO not in tipi(50_000, 24)
    assert Documento.Tipo.CERTIFICATI_SOTTOSCRITTORI not in tipi(800, 10)


@pytest.mark.django_db
def test_corrections_lie_over_the_filed_version_which_stays():
    by = UtenteFactory()
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF", by=by)
    versione = freeze_lista(lista, by=by)
    versione.refresh_from_db()
    prima = dict(versione.contenuto)

    rettifica = rettifiche.correct(
        lista, percorso="candidati.2.cognome", dopo="CORRETTO", motivo="Errore di battitura", by=by
    )

    versione.refresh_from_db()
    assert versione.contenuto == prima
    assert lista.candidati.get(numero=2).cognome == "CORRETTO"
    assert (rettifica.dopo, rettifica.autore, rettifica.motivo) == ("CORRETTO", by, "Errore di battitura")
    assert snapshot(lista)["candidati"][1]["cognome"] == "CORRETTO"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("percorso", "dopo", "motivo"),
    [
        ("candidati.2.cognome", "X", ""),
        ("candidati.9.cognome", "X", "m"),
        ("candidati.2.stato", "escluso", "m"),
        ("candidati.2.cognome", "", "m"),
        ("candidati.2.data_nascita", "ieri", "m"),
        ("lista.numero", "1", "m"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(percorso, dopo, motivo):
    by = UtenteFactory()
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF", by=by)
    freeze_lista(lista, by=by)

    with pytest.raises(NonConsentito):
        rettifiche.correct(lista, percorso=percorso, dopo=dopo, motivo=motivo, by=by)

    assert not lista.rettifiche.exists()


@pytest.mark.django_db
def test_the_mark_filed_is_kept_and_the_clean_one_shown():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF")

    set_contrassegno(lista, contrassegno=SVG % b"")

    with lista.contrassegno.open("rb") as file:
        assert file.read() == SVG % b""
    with lista.contrassegno_immagine.open("rb") as file:
        assert file.read().startswith(b"\x89PNG")


@pytest.mark.django_db
def test_after_the_term_only_the_hash_and_the_count_stay(capsys):
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF")
    add_firme(lista, 3)
    impronte = set(Sottoscrizione.objects.values_list("impronta_nome", flat=True))

    call_command("cancella_sottoscrittori")

    assert "3 sottoscrittori cancellati" in capsys.readouterr().out
    assert set(Sottoscrizione.objects.values_list("cognome", "nome", "data_nascita")) == {("", "", None)}
    assert set(Sottoscrizione.objects.values_list("impronta_nome", flat=True)) == impronte
    assert sottoscrittori.elezioni_scadute(date(2030, 1, 1)) == []


@pytest.mark.django_db
def test_the_history_never_names_a_signer():
    from django.apps import apps

    campi = {campo.name for campo in apps.get_model("candidature", "SottoscrizioneEvent")._meta.get_fields()}

    assert campi & {"cognome", "nome", "codice_fiscale", "data_nascita", "luogo_nascita"} == set()
