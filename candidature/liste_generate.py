"""Real lists with generated candidates: the number of men and women is true, the names are not.

The file has comune, candidato_sindaco, lista, uomini, donne, totale. Every election it makes is a rehearsal
(``prova``): nothing of it is ever published, every document says so, and each candidate is called
«CANDIDATO GENERATO n.».
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from candidature.istruttoria import refresh_rilievi
from candidature.models import Candidato, CandidatoSindaco, Documento, Lista, StatoDocumento
from candidature.presentazione import documenti_dovuti
from comuni.legge import parametri_di
from comuni.models import Comune, Elezione
from electoral.csv_io import Colonna, RigaErrata, RigaLetta, intero, read_table, testo
from norme.parametri import parametri_at

COLONNE = (
    Colonna("comune", testo(120), obbligatoria=True),
    Colonna("candidato_sindaco", testo(200), obbligatoria=True),
    Colonna("lista", testo(200), obbligatoria=True),
    Colonna("uomini", intero(0, 60), obbligatoria=True),
    Colonna("donne", intero(0, 60), obbligatoria=True),
    Colonna("totale", intero(1, 120), obbligatoria=True),
)
FONTE = "Liste vere con candidati generati (Ministero dell'interno, elezioni del 3-4 ottobre 2021, §7.5.4)"


@dataclass(slots=True)
class Esito:
    elezioni: list[Elezione] = field(default_factory=list)
    liste: int = 0
    candidati: int = 0
    errori: list[RigaErrata] = field(default_factory=list)


@transaction.atomic
def load_liste_generate(contenuto: bytes, *, file: str, data: date, solo: str = "") -> Esito:
    """Make one rehearsal election per comune of the file; nothing is saved if a row is wrong."""
    lettura = read_table(contenuto, file=file, colonne=COLONNE, chiave=("comune", "lista"))
    esito = Esito(errori=lettura.errori)
    for riga in lettura.righe:
        if riga["uomini"] + riga["donne"] != riga["totale"]:
            motivo = "uomini più donne danno un altro numero"
            esito.errori.append(riga.errore("E933", "totale", motivo=motivo))
    if esito.errori:
        return esito
    popolazioni = _popolazioni()
    per_comune: defaultdict[str, list[RigaLetta]] = defaultdict(list)
    for riga in lettura.righe:
        if not solo or riga["comune"].casefold() == solo.casefold():
            per_comune[riga["comune"]].append(riga)
    for nome, righe in per_comune.items():
        elezione = _elezione(popolazioni[nome.upper()], data)
        esito.candidati += _fill(elezione, righe)
        esito.liste += len(righe)
        esito.elezioni.append(elezione)
        refresh_rilievi(elezione)
    return esito


def _popolazioni() -> dict[str, Mapping[str, str]]:
    with (Path(settings.BASE_DIR) / "dati" / "comuni_2021.csv").open(encoding="utf-8", newline="") as file:
        return {riga["comune"]: riga for riga in csv.DictReader(file)}


def _elezione(dati: Mapping[str, str], data: date) -> Elezione:
    nome, popolazione = dati["comune"].title(), int(dati["popolazione_legale_2011"])
    comune, _ = Comune.objects.get_or_create(
        nome=nome,
        provincia=dati["provincia"].title(),
        defaults={"regione": dati["regione"], "capoluogo": True, "popolazione_legale": popolazione},
    )
    parametri = parametri_at(data, popolazione=popolazione, capoluogo=True)
    return Elezione.objects.create(
        comune=comune,
        slug=f"{slugify(nome)}-{data.year}-candidati-generati",
        data=data,
        giorni=2,
        popolazione_legale=popolazione,
        capoluogo=True,
        sistema=parametri.valore("sistema"),
        seggi_consiglio=parametri.intero("seggi_consiglio"),
        prova=True,
        fonte=FONTE,
    )


def _fill(elezione: Elezione, righe: list[RigaLetta]) -> int:
    sindaci = _sindaci(elezione, righe)
    prima = timezone.make_aware(datetime.combine(elezione.data - timedelta(days=30), time(8)))
    firme = parametri_di(elezione).valore("firme").get("massimo")
    liste = Lista.objects.bulk_create(
        [
            Lista(
                elezione=elezione,
                numero=posto,
                numero_provvisorio=True,
                denominazione=riga["lista"],
                sindaco=sindaci[riga["candidato_sindaco"]],
                presentata_il=prima + timedelta(minutes=10 * posto),
                presentata_da="generata",
                firme_accertate=firme,
                firme_dichiarate=firme,
            )
            for posto, riga in enumerate(righe, 1)
        ]
    )
    Documento.objects.bulk_create(
        [
            Documento(lista=lista, tipo=tipo, stato=StatoDocumento.PRESENTE)
            for lista in liste
            for tipo in documenti_dovuti(lista)
        ]
    )
    candidati = []
    for lista, riga in zip(liste, righe, strict=True):
        candidati += _candidati(lista, riga["uomini"], riga["donne"], dopo=len(candidati))
    Candidato.objects.bulk_create(candidati, batch_size=1000)
    return len(candidati)


def _sindaci(elezione: Elezione, righe: list[RigaLetta]) -> dict[str, CandidatoSindaco]:
    """One generated sindaco for each that the file names; the true names are kept out."""
    nomi = list(dict.fromkeys(riga["candidato_sindaco"] for riga in righe))
    sindaci = []
    for posto in range(1, len(nomi) + 1):
        sindaco = CandidatoSindaco(
            elezione=elezione,
            numero=posto,
            numero_provvisorio=True,
            cognome=f"SINDACO GENERATO {posto}",
            nome="Prova",
            sesso="MF"[posto % 2],
            data_nascita=date(1965, 1, 1) + timedelta(days=97 * posto),
            luogo_nascita="Luogo di prova",
            accettazione=StatoDocumento.PRESENTE,
            iscrizione=StatoDocumento.PRESENTE,
            candidatura_unica=StatoDocumento.PRESENTE,
        )
        sindaco.set_chiave()
        sindaci.append(sindaco)
    return dict(zip(nomi, CandidatoSindaco.objects.bulk_create(sindaci), strict=True))


def _candidati(lista: Lista, uomini: int, donne: int, *, dopo: int) -> list[Candidato]:
    """Men and women in turn, then those that are left: the order is generated too."""
    coppie = min(uomini, donne)
    sessi = "MF" * coppie + "M" * (uomini - coppie) + "F" * (donne - coppie)
    candidati = []
    for posto, sesso in enumerate(sessi, 1):
        candidato = Candidato(
            lista=lista,
            numero=posto,
            cognome=f"CANDIDATO GENERATO {dopo + posto}",
            nome="Uomo" if sesso == "M" else "Donna",
            sesso=sesso,
            data_nascita=date(1960, 1, 1) + timedelta(days=(dopo + posto) * 7 % 14_000),
            luogo_nascita="Luogo di prova",
            accettazione=StatoDocumento.PRESENTE,
            iscrizione=StatoDocumento.PRESENTE,
        )
        candidato.set_chiave()
        candidati.append(candidato)
    return candidati
