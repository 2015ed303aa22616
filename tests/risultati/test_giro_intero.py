"""Out and in again, into an empty database: draws, events, papers, extra counts, signers; the same hash."""

import json
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from candidature.models import Candidato, CandidatoSindaco, Lista, Sottoscrizione
from candidature.sopravvenienze import record_sopravvenienza
from comuni.fascicolo import find_file
from comuni.models import Elezione
from risultati.fascicolo.cartella import read_cartella
from risultati.fascicolo.esportazione import export_fascicolo, write_cartella
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Scrutinio, Sorteggio, Vicenda
from risultati.riparto import run_riparto_elezione
from risultati.sorteggi import annul_sorteggio, register_sorteggio, richiesta_corrente
from tests.factories import UtenteFactory
from tests.risultati.fascicolo_di_prova import fascicolo

pytestmark = pytest.mark.django_db

TOML = """
[elezione]
comune = "Comune di prova"
provincia = "Provincia di prova"
regione = "Marche"
popolazione_legale = 900
data = 2021-10-03
data_ballottaggio = 2021-10-17
"""
#: Three lists: the runoff is won, and the last seat is a tie between the other two.
FILE = {
    "elezione": TOML,
    "sindaci": "numero,cognome,nome\n1,ALFA,ADA\n2,BETA,BRUNO\n3,GAMMA,GINO\n",
    "liste": "numero,denominazione,sindaco\n1,ROSA,1\n2,BLU,2\n3,VERDE,3\n",
    "candidati": "lista,numero,cognome,nome\n"
    + "".join(f"{lista},{n},C{lista}X{n},N\n" for lista in (1, 2, 3) for n in range(1, 11)),
    "scrutinio": "turno,sezione,elettori,votanti,ammessi,autenticate\n1,1,900,700,3,800\n",
    "voti_sindaci": "turno,sezione,sindaco,voti\n1,1,1,400\n1,1,2,150\n1,1,3,150\n",
    "voti_liste": None,
    "voti_preferenze": "sezione,lista,candidato,preferenze\n1,1,1,9\n1,2,1,5\n1,3,2,4\n",
}


@pytest.fixture
def elezione():
    importazione = import_fascicolo(fascicolo(**FILE))
    assert [e.messaggio for e in importazione.errori] == []
    return importazione.elezione


def forget_everything() -> None:
    with connection.cursor() as cursore:
        cursore.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursore.execute("TRUNCATE comuni_comune CASCADE")
    assert not Elezione.objects.exists()


def draw(elezione, riparto):
    return register_sorteggio(
        elezione,
        richiesta=richiesta_corrente(riparto),
        esito=str(richiesta_corrente(riparto)["contendenti"][-1]),
        presenti="i delegati delle liste",
        eseguito_il=datetime(2021, 10, 5, 10, tzinfo=UTC),
    )


def test_tutto_cio_che_si_conserva_torna_e_l_impronta_e_la_stessa(elezione, tmp_path):
    riparto = run_riparto_elezione(elezione)
    assert riparto.tipo_esito == "sorteggio"
    annul_sorteggio(draw(elezione, riparto), motivo="scheda non mescolata")
    draw(elezione, riparto).save()
    CandidatoSindaco.objects.filter(numero=2).update(mandati=2, accettazione="presente", cittadinanza="DE")
    Lista.objects.filter(numero=3).update(firme_accertate=31, contrassegno_descrizione="Un =cerchio")
    Candidato.objects.filter(lista__numero=1, numero=2).update(nota_documenti="manca la firma")
    Vicenda.objects.create(
        elezione=elezione,
        tipo=Vicenda.Tipo.INCANDIDABILITA,
        candidato=Candidato.objects.get(lista__numero=1, numero=3),
        data=date(2021, 10, 6),
        atto="Tribunale, n. 1",
    )
    firma = Sottoscrizione(lista=Lista.objects.get(numero=1), riga=4, cognome="FIRMA", nome="FILIPPA")
    firma.set_impronte()
    firma.save()
    prima, esito = export_fascicolo(elezione, riservati=True), run_riparto_elezione(elezione)
    impronte = (firma.impronta, firma.impronta_nome)
    write_cartella(elezione, tmp_path)
    forget_everything()

    importazione = import_fascicolo(read_cartella(tmp_path))

    assert [e.messaggio for e in importazione.errori] == []
    tornata = importazione.elezione
    assert export_fascicolo(tornata, riservati=True) == prima
    dopo = run_riparto_elezione(tornata)
    assert (dopo.impronta, dopo.esito) == (esito.impronta, esito.esito)
    assert dopo.tipo_esito == "riparto"
    assert list(Sorteggio.objects.values_list("annullato", flat=True)) == [True, False]
    firma = Sottoscrizione.objects.get(riga=4)
    assert (firma.impronta, firma.impronta_nome) == impronte
    assert Scrutinio.objects.get().ammessi == 3
    assert import_fascicolo(read_cartella(tmp_path)).cambiati == 0


def test_il_decesso_registrato_con_le_candidature_torna_con_la_stessa_impronta(elezione, tmp_path):
    record_sopravvenienza(
        elezione,
        tipo="decesso",
        chi=CandidatoSindaco.objects.get(numero=3),
        avvenuta_il=datetime(2021, 9, 20, 10, tzinfo=UTC),
        presentata_da="ufficiale di stato civile",
        atto="atto di morte n. 1",
        by=UtenteFactory(),
    )
    prima, esito = export_fascicolo(elezione), run_riparto_elezione(elezione)
    write_cartella(elezione, tmp_path)
    assert import_fascicolo(read_cartella(tmp_path)).cambiati == 0
    forget_everything()

    tornata = import_fascicolo(read_cartella(tmp_path)).elezione

    assert export_fascicolo(tornata) == prima
    assert run_riparto_elezione(tornata).impronta == esito.impronta


def test_chi_ha_firmato_esce_soltanto_dal_comando(elezione, tmp_path):
    Sottoscrizione.objects.create(lista=Lista.objects.get(numero=1), riga=1, cognome="FIRMA", nome="F")
    assert "sottoscrittori.csv" not in export_fascicolo(elezione)
    call_command("esporta_fascicolo", elezione.slug, tmp_path / "tutto")
    call_command("esporta_fascicolo", elezione.slug, tmp_path / "senza", senza_sottoscrittori=True)
    assert (tmp_path / "tutto" / "sottoscrittori.csv").exists()
    assert not (tmp_path / "senza" / "sottoscrittori.csv").exists()


def test_una_firma_cancellata_non_torna_da_un_file(elezione):
    Sottoscrizione.objects.create(
        lista=Lista.objects.get(numero=1), riga=1, cancellata_il=datetime(2022, 1, 1, tzinfo=UTC)
    )
    importazione = import_fascicolo(fascicolo(**FILE, sottoscrittori="lista,riga,cognome,nome\n1,1,A,B\n"))
    assert [(e.riga, e.colonna, e.codice) for e in importazione.errori] == [(2, "riga", "E933")]


DOMANDA = {
    "tipo": "seggio",
    "articolo": "TUEL art. 71 c. 8",
    "fra": "liste",
    "contendenti": [2, 3],
    "ambito": "minoranza",
    "posto": 2,
    "cifra": 300,
    "divisore": 1,
}


def cella(domanda):
    testo = json.dumps(domanda).replace('"', '""')
    return f'"{testo}"'


RICHIESTA = cella(DOMANDA)
SORTEGGIO = "richiesta,esito,presenti,eseguito_il\n"
SBAGLIATI = {
    "richiesta che non è JSON": (SORTEGGIO + "boh,2,tutti,2021-10-05 10:00\n", "richiesta", "E933"),
    "richiesta senza una delle sue voci": (
        SORTEGGIO + cella({k: v for k, v in DOMANDA.items() if k != "fra"}) + ",2,tutti,2021-10-05 10:00\n",
        "richiesta",
        "E933",
    ),
    "richiesta fra uno solo": (
        SORTEGGIO + cella(DOMANDA | {"contendenti": [2]}) + ",2,tutti,2021-10-05 10:00\n",
        "richiesta",
        "E933",
    ),
    "sorteggiato che non era in parità": (
        SORTEGGIO + f"{RICHIESTA},7,tutti,2021-10-05 10:00\n",
        "esito",
        "E933",
    ),
    "due sorteggi per la stessa parità": (
        SORTEGGIO + f"{RICHIESTA},2,tutti,2021-10-05 10:00\n{RICHIESTA},3,tutti,2021-10-05 11:00\n",
        "richiesta",
        "E933",
    ),
}


@pytest.mark.parametrize(("file", "colonna", "codice"), SBAGLIATI.values(), ids=SBAGLIATI)
def test_un_sorteggio_sbagliato_ha_la_sua_risposta(file, colonna, codice):
    importazione = import_fascicolo(fascicolo(**FILE, sorteggi=file))
    assert [(e.colonna, e.codice) for e in importazione.errori] == [(colonna, codice)]
    assert not Elezione.objects.exists()


@pytest.mark.parametrize(
    ("riga", "colonna"),
    [
        ("morte,,1,1,2021-10-06,atto", "tipo"),
        ("morte,1,1,1,2021-10-06,atto", "sindaco"),
        ("morte,9,,,2021-10-06,atto", "sindaco"),
        ("incandidabilita,,1,99,2021-10-06,atto", "candidato"),
        ("incandidabilita,,1,,2021-10-06,atto", "sindaco"),
    ],
)
def test_una_vicenda_sbagliata_ha_la_sua_risposta(riga, colonna):
    file = f"tipo,sindaco,lista,candidato,data,atto\n{riga}\n"
    importazione = import_fascicolo(fascicolo(**FILE, vicende=file))
    assert [e.colonna for e in importazione.errori] == [colonna]


#: Fields that never leave in a fascicolo, and why.
LASCIATI = {
    "comuni.Sezione": set(),
    "candidature.CandidatoSindaco": {"curriculum", "casellario", "programma"},  # documents
    "candidature.Lista": {
        *("contrassegno", "contrassegno_immagine", "contrassegno_impronta"),  # documents
        "ricevuta_da",  # a user
    },
    "candidature.Candidato": {"curriculum", "casellario"},
    "risultati.Affluenza": {"versione", "aggiornata_da", "aggiornata_il"},
    "risultati.Scrutinio": {"versione", "definitivo_da", "definitivo_il", "aggiornato_il"},
    "risultati.Sorteggio": {"impronta_richiesta", "annullato", "registrato_da", "annullato_da"},
    "risultati.Vicenda": {"registrata_da", "registrata_il"},
}
FILE_DI = {
    "comuni.Sezione": "sezioni.csv",
    "candidature.CandidatoSindaco": "sindaci.csv",
    "candidature.Lista": "liste.csv",
    "candidature.Candidato": "candidati.csv",
    "risultati.Affluenza": "affluenza.csv",
    "risultati.Scrutinio": "scrutinio.csv",
    "risultati.Sorteggio": "sorteggi.csv",
    "risultati.Vicenda": "vicende.csv",
}


@pytest.mark.parametrize("modello", LASCIATI)
def test_nessun_campo_nuovo_resta_fuori_dal_fascicolo_per_dimenticanza(modello):
    colonne = {colonna.nome for colonna in find_file(FILE_DI[modello]).colonne}
    campi = {campo.name for campo in apps.get_model(modello)._meta.fields} - {"id", "elezione", "chiave"}
    assert campi - colonne == LASCIATI[modello]
