"""Further links for the runoff: list and candidate declare the same, in time (TUEL 72 c. 7)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from candidature import termini
from candidature.models import CandidatoSindaco, DichiarazioneCollegamento, Lista
from candidature.presentazione import NonConsentito
from comuni.fonti import finalisti
from comuni.models import Sistema
from electoral.ordine import chiave_ordine


@transaction.atomic
def declare_collegamento(
    lista: Lista, *, sindaco: CandidatoSindaco, parte: str, dichiarante: str, dichiarata_il: datetime, by
) -> DichiarazioneCollegamento:
    """Record one side's declaration; when both sides have declared, the link is made."""
    lista = (
        Lista.objects.select_for_update(of=("self",)).select_related("elezione", "sindaco").get(pk=lista.pk)
    )
    _check(lista, sindaco, parte, dichiarata_il, dichiarante)
    try:
        with transaction.atomic():
            dichiarazione = DichiarazioneCollegamento.objects.create(
                lista=lista,
                sindaco=sindaco,
                parte=DichiarazioneCollegamento.Parte(parte),
                dichiarante=dichiarante.strip(),
                dichiarata_il=dichiarata_il,
                registrata_da=by,
            )
    except IntegrityError as errore:
        raise NonConsentito("Questa dichiarazione è già registrata.") from errore
    if is_convergente(lista, sindaco):
        lista.apparentata_con = sindaco
        lista.save(update_fields=["apparentata_con"])
    return dichiarazione


def is_convergente(lista: Lista, sindaco: CandidatoSindaco) -> bool:
    """Whether both the delegates and the candidate have declared this link."""
    parti = DichiarazioneCollegamento.objects.filter(lista=lista, sindaco=sindaco).values_list(
        "parte", flat=True
    )
    return set(parti) == set(DichiarazioneCollegamento.Parte.values)


@transaction.atomic
def withdraw_collegamento(dichiarazione: DichiarazioneCollegamento) -> None:
    """A declaration recorded by mistake; the link it made falls with it (the history keeps both)."""
    lista = dichiarazione.lista
    if lista.apparentata_con_id == dichiarazione.sindaco_id:
        lista.apparentata_con = None
        lista.save(update_fields=["apparentata_con"])
    dichiarazione.delete()


def _check(lista: Lista, sindaco: CandidatoSindaco, parte: str, quando: datetime, dichiarante: str) -> None:
    elezione = lista.elezione
    if elezione.sistema != Sistema.OLTRE_15000:
        raise NonConsentito("Nei comuni fino a 15.000 abitanti non ci sono ulteriori collegamenti.")
    if sindaco.elezione_id != elezione.pk:
        raise NonConsentito("Il candidato sindaco è di un'altra elezione.")
    if lista.sindaco_id == sindaco.pk:
        raise NonConsentito("La lista è già collegata a questo candidato dal primo turno.")
    if not lista.is_ammessa:
        raise NonConsentito("Solo una lista ammessa al primo turno può collegarsi.")
    _check_finalisti(lista, sindaco)
    _check_dichiarante(lista, parte, dichiarante)
    fine = termini.collegamenti_ballottaggio(elezione)
    if fine is not None and quando > fine:
        raise NonConsentito("La dichiarazione è arrivata dopo il settimo giorno: non si può accogliere.")
    if lista.apparentata_con_id and lista.apparentata_con_id != sindaco.pk:
        raise NonConsentito("La lista è già collegata a un altro candidato per il ballottaggio.")


def _check_finalisti(lista: Lista, sindaco: CandidatoSindaco) -> None:
    """Only with one of the two admitted; the lists of the two cannot be detached (TUEL 72 c. 7)."""
    ammessi = finalisti(lista.elezione)
    if ammessi and sindaco.numero not in ammessi:
        raise NonConsentito(f"{sindaco} non è fra i due candidati ammessi al ballottaggio.")
    if ammessi and lista.sindaco.numero in ammessi:
        raise NonConsentito(
            f"La lista è collegata a {lista.sindaco}, ammesso al ballottaggio: quel collegamento resta fermo."
        )


def _check_dichiarante(lista: Lista, parte: str, dichiarante: str) -> None:
    """For a list its delegates declare: where they are registered, the name must be of one of them."""
    if not dichiarante.strip():
        raise NonConsentito("Scrivi chi ha dichiarato.")
    delegati = list(lista.delegati.all())
    if parte != DichiarazioneCollegamento.Parte.DELEGATI or not delegati:
        return
    scritto = chiave_ordine(dichiarante)
    if not any(chiave_ordine(delegato.cognome) in scritto for delegato in delegati):
        nomi = ", ".join(str(delegato) for delegato in delegati)
        raise NonConsentito(
            f"«{dichiarante.strip()}» non risulta fra i delegati della lista ({nomi}): se lo è, aggiungilo"
            " nella pagina della lista."
        )
