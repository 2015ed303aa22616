"""Verb ``lista``: examines one list, or all the lists of a comune against each other.

Input: the election (``data``, ``popolazione`` or ``sistema``, ``ordinamento``, ``capoluogo``, ``scelte``),
``definitiva`` (the second sitting), ``lista`` to examine and ``altre_liste`` to compare it with; or ``liste``
to examine all. A list: ``id``, ``denominazione``, ``presentata_il`` (ISO date and hour), ``sindaco``,
``candidati`` in order, ``contrassegno``, ``collegamento``, ``programma``, ``delegati`` (with how many,
``delegati_effettivi`` and ``delegati_supplenti``), ``bilancio``, and either ``firme`` one by one or
``firme_valide``, ``firme_presentate``, ``firme_curabili``, ``firme_dubbie`` (void unless the list came
first), ``firme_da_verificare``. Of a signature what is absent is in order, and a null ``certificato`` has not
been looked at. A person: ``id``, ``cognome``, ``nome``, ``sesso``, ``data_nascita``, ``codice_fiscale``,
papers and facts as in :class:`norme.candidati.Candidato`. A paper that is absent or null has not been looked
at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from norme.candidati import Candidato
from norme.candidature import giorno_e_ordine
from norme.comandi.calendario import booleano_facoltativo
from norme.comandi.elezione import read_parametri, refuse_unknown, unique
from norme.contrassegno import Contrassegno
from norme.ingresso import ErroreIngresso, Oggetto
from norme.liste import EsitoLista, Lista, check_lista, check_liste, termini_presentazione
from norme.parametri import Parametri
from norme.sottoscrizioni import EsitoFirme, Firma, FirmeLista, check_sottoscrizioni


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """The examination of ``lista`` or of every one of ``liste``."""
    radice = Oggetto(dati)
    parametri = read_parametri(radice)
    definitiva = radice.booleano("definitiva", default=False)
    una = radice.oggetto_facoltativo("lista")
    oggetti = (una, *radice.oggetti("altre_liste")) if una else radice.oggetti("liste", minimo=1)
    unique(oggetti, "la lista")
    lette = [_read_lista(oggetto) for oggetto in oggetti]
    firme = [_read_firme(oggetto, lista) for oggetto, lista in zip(oggetti, lette, strict=True)]
    refuse_unknown(radice, *oggetti)
    esiti_firme = _check_firme([firma for firma in firme if firma], parametri)
    liste = [_with_firme(lista, esiti_firme.get(lista.id)) for lista in lette]
    if una:
        esito = check_lista(liste[0], parametri=parametri, altre_liste=liste[1:], definitiva=definitiva)
        return _describe(esito, esiti_firme.get(esito.lista))
    esiti = check_liste(liste, parametri=parametri, definitiva=definitiva)
    return {"liste": [_describe(esito, esiti_firme.get(esito.lista)) for esito in esiti]}


def _read_lista(oggetto: Oggetto) -> Lista:
    candidati = oggetto.oggetti("candidati")
    unique(candidati, "il candidato")
    sindaco = oggetto.oggetto_facoltativo("sindaco")
    contrassegno = oggetto.oggetto_facoltativo("contrassegno")
    denominazione = oggetto.testo("denominazione", default="")
    return Lista(
        id=oggetto.identificativo("id"),
        denominazione=denominazione,
        candidati=tuple(_read_persona(persona) for persona in candidati),
        sindaco=_read_persona(sindaco) if sindaco else None,
        presentata_il=_read_momento(oggetto, "presentata_il"),
        firme_valide=oggetto.intero_facoltativo("firme_valide"),
        firme_presentate=oggetto.intero_facoltativo("firme_presentate"),
        firme_curabili=oggetto.intero("firme_curabili", default=0),
        firme_dubbie=oggetto.intero("firme_dubbie", default=0),
        firme_da_verificare=oggetto.intero("firme_da_verificare", default=0),
        contrassegno=_read_contrassegno(contrassegno, denominazione) if contrassegno else None,
        collegamento=booleano_facoltativo(oggetto, "collegamento"),
        programma=booleano_facoltativo(oggetto, "programma"),
        delegati=booleano_facoltativo(oggetto, "delegati"),
        delegati_effettivi=oggetto.intero_facoltativo("delegati_effettivi"),
        delegati_supplenti=oggetto.intero_facoltativo("delegati_supplenti"),
        bilancio=booleano_facoltativo(oggetto, "bilancio"),
    )


def _read_persona(oggetto: Oggetto) -> Candidato:
    persona = Candidato(
        id=oggetto.identificativo("id"),
        cognome=oggetto.testo("cognome"),
        nome=oggetto.testo("nome", default=""),
        sesso=oggetto.scelta_facoltativa("sesso", ("M", "F")) or "",
        numero=oggetto.intero_facoltativo("numero", minimo=1),
        data_nascita=oggetto.giorno_facoltativo("data_nascita"),
        codice_fiscale=oggetto.testo("codice_fiscale", default=""),
        accettazione=booleano_facoltativo(oggetto, "accettazione"),
        certificato=booleano_facoltativo(oggetto, "certificato"),
        cittadino_ue=oggetto.booleano("cittadino_ue", default=False),
        documenti_ue=booleano_facoltativo(oggetto, "documenti_ue"),
        attestato_ue_del=oggetto.giorno_facoltativo("attestato_ue_del"),
        candidatura_unica=booleano_facoltativo(oggetto, "candidatura_unica"),
        incandidabile=oggetto.booleano("incandidabile", default=False),
        consigliere_altrove=oggetto.booleano("consigliere_altrove", default=False),
        altri_comuni=oggetto.intero("altri_comuni", default=0),
        ineleggibilita=oggetto.testo("ineleggibilita", default=""),
        mandati=oggetto.intero("mandati", default=0),
        mandato_breve=oggetto.booleano("mandato_breve", default=False),
    )
    refuse_unknown(oggetto)
    return persona


def _read_contrassegno(oggetto: Oggetto, denominazione: str) -> Contrassegno:
    contrassegno = Contrassegno(
        denominazione=denominazione,
        presente=oggetto.booleano("presente", default=True),
        impronta=oggetto.testo("impronta", default=""),
        esemplari=oggetto.intero("esemplari", default=0),
        digitale=oggetto.booleano("digitale", default=False),
        simbolo_partito=oggetto.booleano("simbolo_partito", default=False),
        autorizzato=booleano_facoltativo(oggetto, "autorizzato"),
        religioso=oggetto.booleano("religioso", default=False),
    )
    refuse_unknown(oggetto)
    return contrassegno


def _read_firme(oggetto: Oggetto, lista: Lista) -> FirmeLista | None:
    firme = oggetto.oggetti_facoltativi("firme")
    if firme is None:
        return None
    unique(firme, "la firma")
    giorno, ordine = giorno_e_ordine(lista.presentata_il)
    persone = lista.candidati if lista.sindaco is None else (*lista.candidati, lista.sindaco)
    return FirmeLista(
        lista=lista.id,
        firme=[_read_firma(firma) for firma in firme],
        denominazione=lista.denominazione,
        presentata_il=giorno,
        ordine=ordine,
        candidati={persona.codice_fiscale for persona in persone if persona.codice_fiscale},
    )


def _read_firma(oggetto: Oggetto) -> Firma:
    firma = Firma(
        id=oggetto.identificativo("id"),
        persona=str(oggetto.identificativo("persona")),
        nome=oggetto.testo("nome", default=""),
        data=oggetto.giorno_facoltativo("data"),
        iscritto=oggetto.booleano("iscritto", default=True),
        certificato=_read_certificato(oggetto),
        foglio_regolare=oggetto.booleano("foglio_regolare", default=True),
        autenticata=oggetto.booleano("autenticata", default=True),
    )
    refuse_unknown(oggetto)
    return firma


def _read_certificato(oggetto: Oggetto) -> bool | None:
    """In order when absent; null when nobody has looked at it."""
    certificato = oggetto.booleano("certificato", default=True)
    return None if oggetto.dati.get("certificato", True) is None else certificato


def _read_momento(oggetto: Oggetto, nome: str) -> datetime | None:
    testo = oggetto.testo(nome, default="")
    if not testo:
        return None
    try:
        return datetime.fromisoformat(testo)
    except ValueError:
        campo = oggetto.percorso(nome)
        messaggio = f"Campo «{campo}»: serve giorno e ora aaaa-mm-ggThh:mm, c'è {testo!r}."
        raise ErroreIngresso("data_non_valida", campo, messaggio) from None


def _check_firme(firme: Sequence[FirmeLista], parametri: Parametri) -> dict[int | str, EsitoFirme]:
    if not firme:
        return {}
    _, fine = termini_presentazione(parametri)
    return check_sottoscrizioni(firme, parametri=parametri, termine=fine.date())


def _with_firme(lista: Lista, esito: EsitoFirme | None) -> Lista:
    if esito is None:
        return lista
    return replace(
        lista,
        firme_valide=esito.valide,
        firme_presentate=esito.presentate,
        firme_curabili=esito.curabili,
        firme_dubbie=esito.dubbie,
        firme_da_verificare=esito.da_verificare,
    )


def _describe(esito: EsitoLista, firme: EsitoFirme | None) -> dict[str, object]:
    descritto: dict[str, object] = {
        "lista": esito.lista,
        "proposta": esito.proposta.value,
        "curabile": esito.curabile,
        "minimo": esito.minimo,
        "massimo": esito.massimo,
        "restano": [candidato.id for candidato in esito.restano],
        "cancellazioni": [
            {
                "candidato": voce.candidato.id,
                "lettera": voce.lettera,
                "motivi": [rilievo.codice for rilievo in voce.motivi],
                "curabile": voce.curabile,
            }
            for voce in esito.cancellazioni
        ],
        "verifiche": [
            {
                "lettera": voce.lettera,
                "titolo": voce.titolo,
                "stato": voce.stato.value,
                "testo": voce.testo,
                "rilievi": [rilievo.as_dict() for rilievo in voce.rilievi],
            }
            for voce in esito.verifiche
        ],
    }
    if firme is not None:
        descritto["firme"] = {
            "presentate": firme.presentate,
            "valide": firme.valide,
            "valide_contando_le_doppie": firme.valide_contando_le_doppie,
            "dubbie": firme.dubbie,
            "da_verificare": firme.da_verificare,
            "nulle": [
                {"firma": firma, "motivi": [motivo.value for motivo in motivi]}
                for firma, motivi in firme.nulle.items()
            ],
        }
    return descritto
