"""Places of care and prisons, material of the sections, forms with the code of the section."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from comuni.models import Atto, Sezione
from seggi import documenti, luoghi, materiale
from seggi.models import Consegna, Luogo, Nomina, Ufficio
from tests.factories import CandidatoFactory, CandidatoSindacoFactory, ListaFactory

pytestmark = pytest.mark.django_db


def make_luogo(elezione, **campi) -> Luogo:
    madre = elezione.sezioni.get(numero=1)
    return Luogo.objects.create(elezione=elezione, nome="Luogo", sezione_madre=madre, **campi)


CASI = {
    "99 letti": (dict(posti_letto=99), "il seggio volante della sezione"),
    "100 letti": (dict(posti_letto=100), "un seggio speciale"),
    "199 letti": (dict(posti_letto=199), "un seggio speciale"),
    "200 letti": (dict(posti_letto=200), "una sezione ospedaliera"),
    "501 letti": (dict(posti_letto=501), "2 sezioni ospedaliere"),
    "100 letti con reparti Covid": (dict(posti_letto=100, covid=True), "una sezione ospedaliera"),
    "500 detenuti": (dict(genere="detenzione", aventi_diritto=500), "un seggio speciale"),
    "501 detenuti": (dict(genere="detenzione", aventi_diritto=501), "2 seggi speciali"),
}


@pytest.mark.parametrize("campi, servono", CASI.values(), ids=CASI)
def test_beds_and_detainees_decide_which_offices_are_needed(elezione, campi, servono):
    make_luogo(elezione, **campi)

    (esame,) = luoghi.check_luoghi(elezione)

    assert esame.servono == servono


def test_the_missing_seggi_are_created_attached_to_the_mother_section(ufficio_web, elezione):
    luogo = make_luogo(elezione, genere="detenzione", aventi_diritto=501)

    ufficio_web.post(reverse("seggi:uffici_luogo", args=[elezione.slug, luogo.pk]))

    nuovi = Sezione.objects.di(elezione).filter(tipo="speciale")
    assert [(s.numero, s.sezione_madre.numero, s.plesso) for s in nuovi] == [(3, 1, "Luogo"), (4, 1, "Luogo")]
    assert list(Ufficio.objects.filter(sezione__in=nuovi).values_list("presidenti", "scrutatori")) == [
        (1, 2),
        (1, 2),
    ]
    assert luoghi.check_luoghi(elezione)[0].mancano == 0
    assert "a posto" in ufficio_web.get(reverse("seggi:luoghi", args=[elezione.slug])).content.decode()


def test_a_place_without_its_figure_is_refused_with_the_remedy(ufficio_web, elezione):
    dati = {"nome": "Ospedale", "genere": "cura", "sezione_madre": elezione.sezioni.get(numero=1).pk}

    risposta = ufficio_web.post(reverse("seggi:nuovo_luogo", args=[elezione.slug]), dati)

    assert "Scrivere i posti letto" in risposta.content.decode()
    assert not Luogo.objects.exists()


def test_the_list_of_the_comune_replaces_that_of_the_law_but_not_what_was_handed_over(ufficio_web, elezione):
    materiale.prepare_consegne(elezione)
    data = Consegna.objects.filter(ufficio__sezione__numero=1, voce="Matite copiative").get()
    ufficio_web.post(reverse("seggi:consegna", args=[elezione.slug, data.pk]))

    nuovo = {"voci": "12 Matite copiative\nLampada tascabile"}
    ufficio_web.post(reverse("seggi:elenco_materiale", args=[elezione.slug]), nuovo)

    assert list(
        Consegna.objects.order_by("pk").values_list("ufficio__sezione__numero", "voce", "quantita")
    ) == [
        (1, "Matite copiative", 6),
        (2, "Matite copiative", 12),
        (1, "Lampada tascabile", 1),
        (2, "Lampada tascabile", 1),
    ]


@pytest.mark.parametrize(
    "elenco, errore",
    [("1 Urna\n2 urna", "riga 2"), ("0 Urna", "riga 1"), ("x" * 81, "troppo lunga"), (" ", "vuoto")],
)
def test_a_wrong_line_of_the_list_is_named(elenco, errore):
    with pytest.raises(ValidationError, match=errore):
        materiale.read_elenco(elenco)


def test_the_presidente_signs_for_everything_at_once(ufficio_web, elezione):
    materiale.prepare_consegne(elezione)

    ufficio_web.post(reverse("seggi:consegna_tutto", args=[elezione.slug, 2]))

    assert not Consegna.objects.filter(ufficio__sezione__numero=2, consegnata_il=None).exists()
    assert Consegna.objects.filter(ufficio__sezione__numero=1, consegnata_il=None).exists()


@pytest.mark.parametrize("tipo, pagine", [("tabelle", 6), ("comunicazioni", 2)])
def test_the_forms_carry_names_hours_and_the_code_of_the_section(ufficio_web, elezione, tipo, pagine):
    sindaco = CandidatoSindacoFactory(elezione=elezione, cognome="PRIMA", nome="SINDACA")
    lista = ListaFactory(sindaco=sindaco, denominazione="LISTA DI PROVA", stato="ammessa")
    CandidatoFactory(lista=lista, cognome="TIZIA", nome="PROVA")
    indirizzo = reverse("seggi:documento_materiale", args=[elezione.slug, tipo])

    ufficio_web.post(indirizzo)

    atto = Atto.objects.di(elezione).get()
    with atto.file.open("rb") as file:
        pdf = PdfReader(file)
        testo = "\n".join(p.extract_text() for p in pdf.pages)
        assert len(pdf.pages) == pagine
    assert "PRIMA SINDACA" in testo and "LISTA DI PROVA" in testo
    assert ("TIZIA PROVA" if tipo == "tabelle" else "15.00") in testo
    assert all(foglio["codice"].startswith("<svg") for foglio in atto.contesto["fogli"])


def test_a_form_without_candidates_or_of_no_section_says_so(ufficio_web, elezione):
    indirizzo = reverse("seggi:documento_materiale", args=[elezione.slug, "tabelle"])

    senza = ufficio_web.post(indirizzo, follow=True).content.decode()
    CandidatoSindacoFactory(elezione=elezione)
    altra = ufficio_web.post(indirizzo, {"sezione": "99"}, follow=True).content.decode()

    assert "Non ci sono ancora candidati ammessi" in senza
    assert "La sezione 99 non c" in altra


def test_the_sheet_of_the_presidente_says_the_booths_and_the_papers_of_who_votes(elezione):
    materiale.prepare_consegne(elezione)

    atto = documenti.produce_etichette(elezione, pagina_di=lambda numero: f"https://urna.example.it/{numero}")

    with atto.file.open("rb") as file:
        testo = " ".join(PdfReader(file).pages[0].extract_text().split())
    assert "4 cabine, una delle quali è per gli elettori con disabilità (TU art. 37)" in testo
    assert "scaduto da non più di 3 anni" in testo
    assert "pagina 1 di 2" in testo


def test_only_the_letter_of_the_presidente_has_the_rules_of_the_room(elezione):
    ufficio = Ufficio.objects.filter(sezione__elezione=elezione).first()
    for ruolo in ("presidente", "segretario"):
        nomina = Nomina(ufficio=ufficio, ruolo=ruolo, cognome="ROSSI", nome="ADA", metodo="sindaco")
        nomina.nominato_il = timezone.now()
        nomina.save()
        atto = documenti.produce_lettere(elezione, nomine=[nomina])
        with atto.file.open("rb") as file:
            assert ("cabine" in PdfReader(file).pages[0].extract_text()) == (ruolo == "presidente")
