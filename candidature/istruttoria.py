"""The examination of the lists of an election: facts -> law -> findings, stored to be counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from candidature import fatti, termini
from candidature.impegni import add_impegni
from candidature.models import CandidatoSindaco, Decisione, Lista, RilievoCandidatura, Seduta
from comuni.legge import parametri_di
from comuni.models import Elezione
from norme.liste import EsitoLista, Proposta, Stato, check_liste
from norme.parametri import ParametroIgnoto
from norme.rilievi import Gravita, Rilievo
from norme.sottoscrizioni import EsitoFirme, check_sottoscrizioni

#: Findings on the list that papers or a new mark can cure (TU 30 b, 33 last comma).
SANABILI_DELLA_LISTA = frozenset({"E102", "E110", "E111"})
DEL_CONTRASSEGNO = frozenset({"E103", "E105", "E113", "E114"})


@dataclass(frozen=True, slots=True)
class RilievoEsaminato:
    """A finding with its step and, when papers can cure it, until when."""

    rilievo: Rilievo
    lettera: str
    sanabile: bool
    entro: datetime | None

    @property
    def candidati(self) -> tuple[int, ...]:
        """Pks of the candidates for consigliere it is about."""
        chi = (campo.removeprefix("candidati.") for campo in self.rilievo.campi)
        return tuple(int(pk) for pk in chi if pk.isdecimal())

    @property
    def entro_detto(self) -> str:
        return termini.say_momento(self.entro)

    def as_dict(self) -> dict[str, object]:
        return self.rilievo.as_dict() | {
            "lettera": self.lettera,
            "sanabile": self.sanabile,
            "entro": self.entro.isoformat() if self.entro else None,
        }


@dataclass(frozen=True, slots=True)
class EsameLista:
    """The examination of one list: the outcome of the law, the signatures, the findings with their terms."""

    lista: Lista
    esito: EsitoLista
    firme: EsitoFirme | None
    rilievi: tuple[RilievoEsaminato, ...]

    @property
    def cancellati(self) -> dict[int, tuple[Rilievo, ...]]:
        """Candidates to strike, by pk, with the reasons; those that papers may save are left out."""
        return {int(c.candidato.id): c.motivi for c in self.esito.cancellazioni if not c.curabile}


def examine_elezione(elezione: Elezione) -> dict[int, EsameLista]:
    """Examine every list of the election against the others; nothing is written."""
    liste = fatti.liste_con_tutto(elezione)
    parametri = parametri_di(elezione)
    firme = _examine_firme(elezione, liste)
    definitiva = is_definitiva(elezione)
    esiti = check_liste(
        [fatti.build_lista(lista, firme=firme.get(lista.pk)) for lista in liste],
        parametri=parametri,
        definitiva=definitiva,
    )
    limiti = _Termini(
        termini.decisione_definitiva(elezione),
        termini.nuovo_contrassegno(elezione, dal=timezone.now().replace(microsecond=0)),
        definitiva,
    )
    esclusi = _sindaci_esclusi(liste)
    esami = {}
    for lista, trovato in zip(liste, add_impegni(elezione, liste, esiti), strict=True):
        esito = _with_sindaco_escluso(lista, trovato) if lista.sindaco_id in esclusi else trovato
        esami[lista.pk] = EsameLista(lista, esito, firme.get(lista.pk), _with_terms(esito, limiti))
    return esami


def is_definitiva(elezione: Elezione) -> bool:
    """Whether the commissione is in (or past) its final sitting: nothing is curable any more."""
    return Seduta.objects.di(elezione).filter(tipo=Seduta.Tipo.DEFINITIVA).exists()


def _examine_firme(elezione: Elezione, liste: list[Lista]) -> Mapping[int, EsitoFirme]:
    fine = termini.fine_presentazione(elezione)
    if fine is None:
        return {}
    firme = fatti.build_firme(liste)
    try:
        return check_sottoscrizioni(
            firme, parametri=parametri_di(elezione), termine=timezone.localtime(fine).date()
        )
    except ParametroIgnoto:  # the examination says which number is not known (W110)
        return {}


@dataclass(frozen=True, slots=True)
class _Termini:
    """Until when a gap may be filled: papers by the hearing, a mark within 48 hours."""

    documenti: datetime | None
    contrassegno: datetime | None
    definitiva: bool

    def of(self, rilievo: Rilievo, esito: EsitoLista) -> tuple[bool, datetime | None]:
        if self.definitiva:
            return False, None
        if rilievo.codice in DEL_CONTRASSEGNO:
            return self.contrassegno is not None, self.contrassegno
        if rilievo.codice in SANABILI_DELLA_LISTA:
            return esito.curabile, self.documenti if esito.curabile else None
        curabile = any(c.curabile and rilievo in c.motivi for c in esito.cancellazioni)
        return curabile, self.documenti if curabile else None


def _with_terms(esito: EsitoLista, limiti: _Termini) -> tuple[RilievoEsaminato, ...]:
    return tuple(
        RilievoEsaminato(rilievo, verifica.lettera, *limiti.of(rilievo, esito))
        for verifica in esito.verifiche
        for rilievo in verifica.rilievi
    )


def _sindaci_esclusi(liste: list[Lista]) -> set[int]:
    """Sindaci who are out for reasons of their own: struck, or by a renunciation in time.

    Who fell with his lists stands again when one is admitted.
    """
    stati = CandidatoSindaco.Stato
    ritirati = {lista.sindaco_id for lista in liste if lista.sindaco.stato == stati.RITIRATO}
    esclusi = {lista.sindaco_id for lista in liste if lista.sindaco.stato == stati.ESCLUSO}
    if not esclusi:
        return ritirati
    decisioni = Decisione.objects.filter(sindaco__in=esclusi).order_by("pk")
    ultime = dict(decisioni.values_list("sindaco", "d_ufficio"))
    return ritirati | {pk for pk in esclusi if not ultime.get(pk, False)}


def _with_sindaco_escluso(lista: Lista, esito: EsitoLista) -> EsitoLista:
    """The commissione struck the sindaco for reasons of its own: his lists fall (TUEL 71, 72)."""
    if any(r.codice == "E111" for r in esito.rilievi):
        return esito
    caduta = Rilievo("E111", ("sindaco",), {"lista": lista.denominazione, "sindaco": str(lista.sindaco)})
    verifiche = tuple(
        replace(v, stato=Stato.RILIEVI, rilievi=(*v.rilievi, caduta)) if v.lettera == "s" else v
        for v in esito.verifiche
    )
    return replace(esito, proposta=Proposta.RICUSATA, verifiche=verifiche, curabile=False)


@transaction.atomic
def refresh_rilievi(elezione: Elezione) -> dict[int, EsameLista]:
    """Examine again and store the findings, so that they can be filtered and counted."""
    Elezione.objects.select_for_update().get(pk=elezione.pk)
    esami = examine_elezione(elezione)
    RilievoCandidatura.objects.di(elezione).delete()
    adesso = timezone.now()
    RilievoCandidatura.objects.bulk_create(
        [
            RilievoCandidatura(
                lista_id=pk,
                candidato_id=r.candidati[0] if len(r.candidati) == 1 else None,
                codice=r.rilievo.codice,
                passo=r.lettera,
                ordine=ordine,
                contesto=dict(r.rilievo.contesto),
                sanabile=r.sanabile,
                sanabile_entro=r.entro,
                calcolato_il=adesso,
            )
            for pk, esame in esami.items()
            for ordine, r in enumerate(esame.rilievi)
        ]
    )
    return esami


def explain_proposta(esame: EsameLista) -> str:
    """The reason of the proposed outcome, in one paragraph, to be corrected by the commissione."""
    frasi = []
    for esaminato in esame.rilievi:
        rilievo = esaminato.rilievo
        if rilievo.gravita is Gravita.ERRORE:
            frasi.append(f"{rilievo.testo.removesuffix('.')} ({rilievo.voce.articolo}).")
    return " ".join(frasi)
