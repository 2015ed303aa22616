"""From the rows to the facts that the law examines (``norme.liste``, ``norme.sottoscrizioni``)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from candidature import models
from candidature.identita import impronta_persona
from candidature.models import Delegato, Documento, StatoDocumento
from comuni.models import Elezione
from norme.candidati import Candidato
from norme.candidature import Lista, giorno_e_ordine
from norme.contrassegno import Contrassegno
from norme.sottoscrizioni import EsitoFirme, Firma, FirmeLista

_TRE_STATI: Mapping[str, bool | None] = {
    StatoDocumento.DA_VERIFICARE: None,
    StatoDocumento.PRESENTE: True,
    StatoDocumento.INCOMPLETO: False,
    StatoDocumento.MANCANTE: False,
}


def liste_con_tutto(elezione: Elezione) -> list[models.Lista]:
    """All the lists of the election with what the examination reads, in a fixed number of queries."""
    return list(
        models.Lista.objects.di(elezione)
        .exclude(stato=models.Lista.Stato.RITIRATA)
        .select_related("sindaco")
        .prefetch_related("candidati", "documenti", "delegati")
        .in_ordine_di_presentazione()
    )


def build_lista(lista: models.Lista, *, firme: EsitoFirme | None) -> Lista:
    """One list as the law sees it."""
    documenti = {d.tipo: _TRE_STATI[d.stato] for d in lista.documenti.all()}
    tipo = Documento.Tipo
    return Lista(
        id=lista.pk,
        denominazione=lista.denominazione,
        candidati=tuple(_candidato(c) for c in esaminati(lista)),
        sindaco=build_sindaco(lista.sindaco),
        presentata_il=lista.presentata_il,
        firme_valide=firme.valide if firme else lista.firme_accertate,
        firme_presentate=firme.presentate if firme else lista.firme_dichiarate,
        firme_curabili=firme.curabili if firme else 0,
        firme_dubbie=firme.dubbie if firme else 0,
        firme_da_verificare=firme.da_verificare if firme else 0,
        contrassegno=_contrassegno(lista, documenti),
        collegamento=_both(
            documenti.get(tipo.COLLEGAMENTO_SINDACO), documenti.get(tipo.COLLEGAMENTO_DELEGATI)
        ),
        programma=documenti.get(tipo.PROGRAMMA),
        **_delegati(lista, documenti.get(tipo.DELEGATI)),
        bilancio=documenti.get(tipo.BILANCIO),
    )


def _delegati(lista: models.Lista, carta: bool | None) -> dict[str, bool | int | None]:
    """Who is recorded counts; with nobody recorded only the paper tells whether there are delegates."""
    ruoli = [delegato.ruolo for delegato in lista.delegati.all()]
    if not ruoli:
        return {"delegati": carta}
    effettivi = ruoli.count(Delegato.Ruolo.EFFETTIVO)
    return {
        "delegati": True,
        "delegati_effettivi": effettivi,
        "delegati_supplenti": len(ruoli) - effettivi,
    }


def esaminati(lista: models.Lista) -> list[models.Candidato]:
    """The names the commissione examines, in list order: who renounced or died in time is not one."""
    presenti = (c for c in lista.candidati.all() if c.stato not in models.Candidato.TOLTI)
    return sorted(presenti, key=lambda c: c.numero)


def build_sindaco(sindaco: models.CandidatoSindaco) -> Candidato:
    return Candidato(
        **_persona(sindaco) | {"id": f"sindaco-{sindaco.pk}"},
        candidatura_unica=_TRE_STATI[sindaco.candidatura_unica],
        mandati=sindaco.mandati,
        mandato_breve=sindaco.mandato_breve,
    )


def build_firme(liste: Iterable[models.Lista]) -> list[FirmeLista]:
    """The signatures of every list whose signers were typed in; who signed is only a keyed hash."""
    liste = list(liste)
    per_lista: defaultdict[int, list[models.Sottoscrizione]] = defaultdict(list)
    for riga in models.Sottoscrizione.objects.filter(lista__in=liste).order_by("lista", "riga"):
        per_lista[riga.lista_id].append(riga)
    chiavi = _keys_by_name(riga for righe in per_lista.values() for riga in righe)
    return [_firme_lista(lista, per_lista[lista.pk], chiavi) for lista in liste if per_lista[lista.pk]]


def _firme_lista(
    lista: models.Lista, righe: Iterable[models.Sottoscrizione], chiavi: Mapping[str, str]
) -> FirmeLista:
    giorno, ordine = giorno_e_ordine(lista.presentata_il)
    return FirmeLista(
        lista=lista.pk,
        firme=[_firma(riga, chiavi) for riga in righe],
        denominazione=lista.denominazione,
        presentata_il=giorno,
        ordine=ordine,
        candidati=_candidate_keys(lista),
    )


def _persona(chi: models.Candidato | models.CandidatoSindaco) -> dict[str, object]:
    return {
        "id": chi.pk,
        "cognome": chi.cognome,
        "nome": chi.nome,
        "sesso": chi.sesso,
        "data_nascita": chi.data_nascita,
        "codice_fiscale": chi.codice_fiscale,
        "accettazione": _TRE_STATI[chi.accettazione],
        "certificato": _TRE_STATI[chi.iscrizione],
        "cittadino_ue": chi.is_cittadino_ue,
        "incandidabile": chi.incandidabile,
        "consigliere_altrove": chi.consigliere_altrove,
        "altri_comuni": chi.altri_comuni,
        "ineleggibilita": chi.ineleggibilita,
    }


def _candidato(candidato: models.Candidato) -> Candidato:
    return Candidato(
        **_persona(candidato),
        numero=candidato.numero,
        documenti_ue=_all(
            _TRE_STATI[stato]
            for stato in (candidato.dichiarazione_ue, candidato.attestato_ue, candidato.lista_aggiunta)
        ),
        attestato_ue_del=candidato.attestato_ue_del,
    )


def _contrassegno(lista: models.Lista, documenti: Mapping[str, bool | None]) -> Contrassegno | None:
    """None while nobody has filed nor looked at it."""
    stato = documenti.get(Documento.Tipo.CONTRASSEGNO)
    if not lista.contrassegno and stato is None:
        return None
    # copies not counted are not a fault: only a number below the due one is
    contate = lista.esemplari_contrassegno is not None
    return Contrassegno(
        denominazione=lista.denominazione,
        presente=stato is not False and (bool(lista.contrassegno) or stato is True),
        impronta=_sha256_immagine(lista),
        impronta_visiva=int(lista.contrassegno_impronta, 16) if lista.contrassegno_impronta else None,
        esemplari=lista.esemplari_contrassegno or 0,
        digitale=lista.supporto_digitale or not contate,
        simbolo_partito=lista.simbolo_di_partito,
        autorizzato=documenti.get(Documento.Tipo.AUTORIZZAZIONE_SIMBOLO),
        religioso=lista.simbolo_religioso,
    )


def _sha256_immagine(lista: models.Lista) -> str:
    """Hash of the clean picture: two equal marks filed as different files are still equal."""
    if not lista.contrassegno_immagine:
        return ""
    try:
        with lista.contrassegno_immagine.open("rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        return ""


def _both(uno: bool | None, altro: bool | None) -> bool | None:
    return _all((uno, altro))


def _all(stati: Iterable[bool | None]) -> bool | None:
    """False if one is missing, None if one was not looked at, else True."""
    stati = tuple(stati)
    if False in stati:
        return False
    return None if None in stati else True


def _firma(riga: models.Sottoscrizione, chiavi: Mapping[str, str]) -> Firma:
    iscrizione = models.Sottoscrizione.Iscrizione
    certificato = {iscrizione.DA_VERIFICARE: None, iscrizione.MANCANTE: False}
    return Firma(
        id=riga.pk,
        persona=riga.impronta or chiavi.get(riga.impronta_nome) or riga.impronta_nome or f"riga {riga.pk}",
        nome=f"n. {riga.riga}",
        data=riga.firmata_il,
        iscritto=riga.iscrizione != iscrizione.NON_ISCRITTO,
        certificato=certificato.get(riga.iscrizione, True),
        foglio_regolare=riga.modulo_regolare,
        autenticata=riga.autenticata,
    )


def _keys_by_name(righe: Iterable[models.Sottoscrizione]) -> dict[str, str]:
    """For a signer typed without codice fiscale, the code of who has the same name and birth, if only one."""
    codici: defaultdict[str, set[str]] = defaultdict(set)
    for riga in righe:
        if riga.impronta and riga.impronta_nome:
            codici[riga.impronta_nome].add(riga.impronta)
    return {nome: next(iter(trovati)) for nome, trovati in codici.items() if len(trovati) == 1}


def _candidate_keys(lista: models.Lista) -> frozenset[str]:
    """Hashes of the candidates of the list and of its sindaco, by code and by name."""
    chiavi = set()
    for chi in (*lista.candidati.all(), lista.sindaco):
        chiavi.add(impronta_persona(codice_fiscale=chi.codice_fiscale))
        chiavi.add(impronta_persona(cognome=chi.cognome, nome=chi.nome, data_nascita=chi.data_nascita))
    return frozenset(chiavi - {""})
