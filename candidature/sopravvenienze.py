"""Withdrawals, renunciations and deaths after the filing: recorded as declared, with what follows by law.

The paper is always recorded; ``norme.sopravvenienze`` says whether it changes anything, and the state of who
it is about follows. A death of a candidate for sindaco stops draw, manifesto and ballots.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidature import termini
from candidature.istruttoria import refresh_rilievi
from candidature.models import Candidato, CandidatoSindaco, Decisione, Lista, Sopravvenienza
from candidature.presentazione import NonConsentito
from comuni.legge import parametri_di
from comuni.models import Elezione
from norme.sopravvenienze import Conseguenza, Effetto, Fatto, Momenti, Soggetto, find_effetto

Chi = Lista | Candidato | CandidatoSindaco
TIPI = Sopravvenienza.Tipo
#: Already out by a decision of the commissione.
FUORI = (Candidato.Stato.ESCLUSO, CandidatoSindaco.Stato.ESCLUSO, Lista.Stato.RICUSATA)


@transaction.atomic
def record_sopravvenienza(
    elezione: Elezione,
    *,
    tipo: str,
    chi: Chi,
    avvenuta_il: datetime,
    presentata_da: str,
    atto: str,
    by,
    autenticata: bool = True,
) -> Sopravvenienza:
    """Record the fact with the effect the law gives it, and apply that effect."""
    Elezione.objects.select_for_update().get(pk=elezione.pk)
    effetto = check_sopravvenienza(
        elezione,
        tipo=tipo,
        chi=chi,
        avvenuta_il=avvenuta_il,
        presentata_da=presentata_da,
        atto=atto,
        autenticata=autenticata,
    )
    fatto = Sopravvenienza.objects.create(
        elezione=elezione,
        tipo=tipo,
        avvenuta_il=avvenuta_il,
        presentata_da=presentata_da.strip(),
        atto=atto.strip(),
        autenticata=autenticata or tipo == TIPI.DECESSO,
        conseguenza=effetto.conseguenza,
        spiegazione=effetto.testo,
        articolo=effetto.articolo,
        stato_prima=chi.stato,
        registrata_da=by,
        registrata_il=timezone.now(),
        **{_soggetto(chi).value: chi},
    )
    _apply(fatto, effetto.conseguenza)
    refresh_rilievi(elezione)
    return fatto


def check_sopravvenienza(
    elezione: Elezione,
    *,
    tipo: str,
    chi: Chi,
    avvenuta_il: datetime,
    presentata_da: str,
    atto: str,
    autenticata: bool = True,
) -> Effetto:
    """Whether it can be recorded, and the effect it would have; nothing is written."""
    _check(elezione, tipo, chi, avvenuta_il, presentata_da, atto)
    effetto = effetto_di(elezione, tipo=tipo, chi=chi, avvenuta_il=avvenuta_il, autenticata=autenticata)
    _check_sorteggio(elezione, effetto, chi)
    return effetto


def effetto_di(
    elezione: Elezione, *, tipo: str, chi: Chi, avvenuta_il: datetime, autenticata: bool = True
) -> Effetto:
    """What would follow: the same answer that is recorded."""
    return find_effetto(
        Fatto(tipo),
        _soggetto(chi),
        quando=avvenuta_il,
        momenti=_momenti(elezione, chi),
        parametri=parametri_di(elezione),
        autenticata=autenticata,
    )


def _soggetto(chi: Chi) -> Soggetto:
    tipi = {Lista: Soggetto.LISTA, Candidato: Soggetto.CANDIDATO, CandidatoSindaco: Soggetto.SINDACO}
    return tipi[type(chi)]


def liste_di(chi: Chi) -> list[Lista]:
    """The lists it touches: itself, the one it is in, or all those linked."""
    if isinstance(chi, Lista):
        return [chi]
    if isinstance(chi, Candidato):
        return [chi.lista]
    return list(chi.liste.exclude(stato=Lista.Stato.RITIRATA).order_by("pk"))


def _momenti(elezione: Elezione, chi: Chi) -> Momenti:
    """For a candidate for sindaco the first of his lists to be filed and the first to be decided."""
    liste = liste_di(chi)
    presentate = [lista.presentata_il for lista in liste if lista.presentata_il]
    definitive = Decisione.objects.filter(lista__in=liste).exclude(esito=Decisione.Esito.DA_INTEGRARE)
    return Momenti(
        presentazione=min(presentate, default=None),
        termine=termini.fine_presentazione(elezione),
        decisione=definitive.order_by("decisa_il").values_list("decisa_il", flat=True).first(),
    )


def _check(elezione: Elezione, tipo: str, chi: Chi, avvenuta_il, presentata_da: str, atto: str) -> None:
    if tipo not in TIPI.values or (tipo == TIPI.RITIRO) != isinstance(chi, Lista):
        raise NonConsentito(
            "Una lista si ritira; un candidato rinuncia o muore: scegli il fatto che va con chi hai scelto."
        )
    if not (presentata_da.strip() and atto.strip()):
        raise NonConsentito(
            "Scrivi chi porta la carta e i suoi estremi: senza la carta il fatto non si registra."
        )
    if avvenuta_il > timezone.now():
        raise NonConsentito("Il giorno e l'ora sono nel futuro: ricontrollali.")
    if timezone.localtime(avvenuta_il).date() >= elezione.data:
        raise NonConsentito(
            "Il fatto è del giorno del voto o dopo: si registra fra le vicende dei candidati, in Esito."
        )
    presentate = [lista.presentata_il for lista in liste_di(chi) if lista.presentata_il]
    if presentate and avvenuta_il < min(presentate).replace(second=0, microsecond=0):
        raise NonConsentito(
            "La lista è stata presentata dopo: prima non c'è candidatura. Ricontrolla giorno e ora."
        )
    if chi.stato in FUORI:
        raise NonConsentito(
            f"{chi} è già {chi.get_stato_display()}: non è in corsa, il fatto non cambia nulla."
        )
    gia = Sopravvenienza.objects.di(elezione).valide().filter(**{_soggetto(chi).value: chi})
    if altra := gia.filter(tipo=tipo).first() or gia.efficaci().first():
        quando = f"{timezone.localtime(altra.registrata_il):%d/%m/%Y alle %H:%M}"
        raise NonConsentito(f"Di {chi} è già registrato: {altra.get_tipo_display()} (il {quando}).")


def _check_sorteggio(elezione: Elezione, effetto: Effetto, chi: Chi) -> None:
    """What takes somebody off the ballot and is recorded late needs the draw to be made again."""
    ferma = effetto.conseguenza in (Conseguenza.RINVIO, Conseguenza.DECIDE_IL_PREFETTO)
    if effetto.is_efficace and not ferma and _is_sorteggiata(elezione, chi):
        raise NonConsentito(
            "I numeri sono già sorteggiati e il fatto, per giorno e ora, toglie qualcuno dalla scheda:"
            " prima annulla il sorteggio, poi registralo."
        )


def _is_sorteggiata(elezione: Elezione, chi: Chi) -> bool:
    if any(not lista.numero_provvisorio for lista in liste_di(chi)):
        return True
    return elezione.sorteggi_numeri.filter(annullato_il=None).exists()


def _apply(fatto: Sopravvenienza, conseguenza: Conseguenza) -> None:
    chi = fatto.chi
    if fatto.tipo == TIPI.DECESSO and isinstance(chi, CandidatoSindaco):
        _set_stato(chi, CandidatoSindaco.Stato.DECEDUTO)
    elif conseguenza == Conseguenza.LISTA_RITIRATA:
        _set_stato(chi, Lista.Stato.RITIRATA)
        sindaco = chi.sindaco
        if not sindaco.liste.exclude(stato=Lista.Stato.RITIRATA).exists():
            _set_stato(sindaco, CandidatoSindaco.Stato.RITIRATO)
    elif conseguenza == Conseguenza.NOME_TOLTO:
        stati = Candidato.Stato
        _set_stato(chi, stati.DECEDUTO if fatto.tipo == TIPI.DECESSO else stati.RITIRATO)
    elif conseguenza == Conseguenza.SINDACO_TOLTO:
        _set_stato(chi, CandidatoSindaco.Stato.RITIRATO)


def _set_stato(chi: Chi, stato: str) -> None:
    chi.stato = stato
    chi.save(update_fields=["stato"])


@transaction.atomic
def annul_sopravvenienza(fatto: Sopravvenienza, *, motivo: str, by) -> None:
    """Recorded by mistake: the row stays with the reason, who it was about goes back to where he was."""
    if not motivo.strip():
        raise NonConsentito("Scrivi perché la registrazione si annulla.")
    fatto = Sopravvenienza.objects.select_for_update().get(pk=fatto.pk)
    if fatto.annullata_il:
        raise NonConsentito("La registrazione è già annullata.")
    efficace = fatto.is_efficace
    fatto.annullata_il, fatto.annullata_da = timezone.now(), by
    fatto.motivo_annullamento = motivo.strip()[:300]
    fatto.save(update_fields=["annullata_il", "annullata_da", "motivo_annullamento"])
    if not efficace:
        return
    _check_annullo(fatto)
    chi = fatto.chi
    _set_stato(chi, fatto.stato_prima)
    if isinstance(chi, Lista) and chi.sindaco.stato == CandidatoSindaco.Stato.RITIRATO:
        proprie = chi.sindaco.sopravvenienze.efficaci()
        if not proprie.exists():
            _set_stato(chi.sindaco, CandidatoSindaco.Stato.PRESENTATO)
    refresh_rilievi(fatto.elezione)


def _check_annullo(fatto: Sopravvenienza) -> None:
    ferma = fatto.conseguenza in (Conseguenza.RINVIO, Conseguenza.DECIDE_IL_PREFETTO)
    if not ferma and _is_sorteggiata(fatto.elezione, fatto.chi):
        raise NonConsentito("I numeri sono già sorteggiati senza di lui: prima annulla il sorteggio.")


def record_prefetto(fatto: Sopravvenienza, *, esito: str, atto: str, by) -> Sopravvenienza:
    """What the Prefetto decided after the death of a candidate for sindaco."""
    if fatto.annullata_il or fatto.conseguenza not in (Conseguenza.RINVIO, Conseguenza.DECIDE_IL_PREFETTO):
        raise NonConsentito("Su questo fatto non decide il Prefetto.")
    if esito not in Sopravvenienza.Prefetto.values:
        raise NonConsentito("Scegli che cosa ha deciso il Prefetto.")
    if fatto.conseguenza == Conseguenza.RINVIO and esito == Sopravvenienza.Prefetto.PROSEGUE:
        raise NonConsentito(f"Qui il rinvio è di legge ({fatto.articolo}): l'elezione non può proseguire.")
    if not atto.strip():
        raise NonConsentito("Scrivi numero e data del provvedimento.")
    fatto.prefetto, fatto.prefetto_atto = esito, atto.strip()[:300]
    fatto.prefetto_da, fatto.prefetto_il = by, timezone.now()
    fatto.save(update_fields=["prefetto", "prefetto_atto", "prefetto_da", "prefetto_il"])
    return fatto


def say_di_chi(fatto: Sopravvenienza) -> str:
    """Beside the name: who he is in the election."""
    if fatto.lista_id:
        return "lista"
    if fatto.sindaco_id:
        return "candidato sindaco"
    return f"candidato nella lista «{fatto.candidato.lista.denominazione}»"


def say_fermata(elezione: Elezione) -> str:
    """Why draw, manifesto and ballots are stopped; empty when they are not."""
    fatto = Sopravvenienza.objects.di(elezione).che_fermano().select_related("sindaco").first()
    if fatto is None:
        return ""
    morto = f"Decesso del candidato sindaco {fatto.sindaco}"
    if fatto.prefetto:
        return f"{morto}: {fatto.get_prefetto_display()} ({fatto.prefetto_atto})."
    return f"{morto}. {fatto.spiegazione} ({fatto.articolo})"


def require_not_fermata(elezione: Elezione) -> None:
    if motivo := say_fermata(elezione):
        raise NonConsentito(motivo)


@dataclass(frozen=True, slots=True)
class Decesso:
    """A candidate for sindaco (by pk) who died after the filing and before the vote.

    ``prosegue_con``: the act by which the Prefetto let the election go on; empty without it.
    """

    sindaco: int
    giorno: date
    prosegue_con: str


def decessi_prima_del_voto(elezione: Elezione) -> list[Decesso]:
    """The deaths that the allocation asks for."""
    righe = Sopravvenienza.objects.di(elezione).decessi_di_sindaci().order_by("pk")
    return [
        Decesso(
            sindaco=riga.sindaco_id,
            giorno=timezone.localtime(riga.avvenuta_il).date(),
            prosegue_con=riga.prefetto_atto if riga.prefetto == Sopravvenienza.Prefetto.PROSEGUE else "",
        )
        for riga in righe
    ]


def fatti_di(lista: Lista) -> list[Sopravvenienza]:
    """What happened to the list, to a name of it or to its candidate for sindaco."""
    tutti = Sopravvenienza.objects.di(lista.elezione).valide()
    di_qui = tutti.filter(Q(lista=lista) | Q(candidato__lista=lista) | Q(sindaco=lista.sindaco_id))
    return list(di_qui.select_related("lista", "candidato", "sindaco").order_by("pk"))


def dopo_la_decisione(lista: Lista) -> list[Sopravvenienza]:
    """Facts with effect recorded after the list was decided: the commissione decided on something else."""
    decisione = lista.decisioni.order_by("-pk").first()
    if decisione is None:
        return []
    return [
        fatto
        for fatto in fatti_di(lista)
        if fatto.is_efficace
        and fatto.registrata_il > decisione.decisa_il
        and not (fatto.sindaco_id and fatto.tipo == TIPI.DECESSO)
    ]
