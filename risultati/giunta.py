"""The giunta of the mandate against the law: who is in office, what is to be said, what cannot be saved.

The rule is ``norme.giunta``; here are the persons, the days and the words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candidature.models import Candidato, CandidatoSindaco
from comuni.legge import parametri_di
from comuni.models import Elezione
from norme import giunta as regola
from norme.candidati import age_on
from norme.parametri import Parametri
from norme.rilievi import Gravita
from risultati.giorni_mandato import motivo_fuori_mandato
from risultati.models import Assessore, Proclamazione
from risultati.surroga import Chiave, Consiglio, Mandato, chiave_di, consiglio_al


class GiuntaRifiutata(Exception):
    """Why it cannot be saved, in words for the clerk, and the box to look at (none: the whole)."""

    def __init__(self, testo: str, campo: str | None = None) -> None:
        super().__init__(testo)
        self.campo = campo


@dataclass(slots=True)
class Giunta:
    """The giunta of a mandate as it stands, with the council it comes from and the law it answers to."""

    proclamazione: Proclamazione
    mandato: Mandato
    consiglio: Consiglio
    parametri: Parametri
    sindaco: CandidatoSindaco
    tutti: list[Assessore]

    @property
    def in_carica(self) -> list[Assessore]:
        return [assessore for assessore in self.tutti if assessore.cessato_il is None]

    @property
    def cessati(self) -> list[Assessore]:
        return [assessore for assessore in self.tutti if assessore.cessato_il is not None]

    def siede(self, assessore: Assessore) -> bool:
        """Whether the assessore sits in the council today."""
        return assessore.persona is not None and chiave_di(assessore.persona) in self.consiglio.in_carica

    def deve_lasciare(self, assessore: Assessore) -> bool:
        """Whether a surrogation for the appointment is still to be recorded (art. 64 c. 2 TUEL)."""
        return self.siede(assessore) and bool(regola.is_incompatibile(self.parametri))

    def check(self, assessori: Iterable[Assessore] | None = None) -> regola.EsitoGiunta:
        """What the law says of those in office, or of these."""
        voluti = self.in_carica if assessori is None else assessori
        return regola.check_giunta(
            [regola.Assessore(str(a), a.sesso, consigliere=self.siede(a), vice=a.vice) for a in voluti],
            parametri=self.parametri,
            sesso_sindaco=self.sindaco.sesso,
        )


def giunta_di(proclamazione: Proclamazione) -> Giunta:
    """The giunta of the mandate that this proclamation began."""
    elezione = proclamazione.elezione
    mandato, consiglio = consiglio_al(proclamazione)
    return Giunta(
        proclamazione=proclamazione,
        mandato=mandato,
        consiglio=consiglio,
        parametri=parametri_di(elezione),
        sindaco=elezione.candidati_sindaco.get(numero=mandato.esito["sindaco"]),
        tutti=list(proclamazione.assessori.con_le_persone()),
    )


def persone_del_mandato(giunta: Giunta) -> list[tuple[str, str]]:
    """Who sits or has sat in the council, by list and name: key and words for the choice."""
    mandato, siedono = giunta.mandato, giunta.consiglio.in_carica
    viste = {seggio.occupante for seggio in mandato.primo_consiglio().seggi}
    viste |= siedono | giunta.consiglio.cessati | {seggio.sospeso for seggio in giunta.consiglio.seggi}
    viste.discard(None)
    return [
        (f"{chi[0]}/{chi[1]}", _describe(mandato, chi, siede=chi in siedono))
        for chi in sorted(viste, key=lambda chi: _order(mandato, chi))
    ]


def _describe(mandato: Mandato, chi: Chiave, *, siede: bool) -> str:
    dove = "candidato sindaco" if chi[0] == "sindaco" else mandato.liste[chi[0]]["nome"]
    return f"{mandato.nomi[chi]} ({dove}{'' if siede else ', non più consigliere'})"


def _order(mandato: Mandato, chi: Chiave) -> tuple:
    """By list number and name; the losing sindaci last."""
    return chi[0] == "sindaco", 0 if chi[0] == "sindaco" else chi[0], mandato.nomi[chi]


def persona_di(elezione: Elezione, chiave: str) -> Candidato | CandidatoSindaco:
    """The person of a key of the forms: «lista/numero» or «sindaco/numero»."""
    lista, numero = chiave.split("/")
    if lista == "sindaco":
        return elezione.candidati_sindaco.get(numero=numero)
    return Candidato.objects.select_related("lista").get(
        lista__elezione=elezione, lista__numero=lista, numero=numero
    )


def save_assessore(assessore: Assessore) -> Assessore:
    """Save an appointment, its correction or its end, unless the law or the calendar says it cannot be."""
    with transaction.atomic():
        proclamazione = Proclamazione.objects.select_for_update().get(pk=assessore.proclamazione_id)
        assessore.proclamazione = proclamazione
        giunta = giunta_di(proclamazione)
        _check_giorni(giunta, assessore)
        altri = [altro for altro in giunta.tutti if altro.pk != assessore.pk]
        _check_persona(giunta, assessore, altri)
        _check_legge(giunta, assessore, altri)
        assessore.save()
    return assessore


def _check_giorni(giunta: Giunta, assessore: Assessore) -> None:
    prima = "la giunta si nomina dopo."
    for campo in ("decreto_data", "dal", "cessato_il"):
        giorno = getattr(assessore, campo)
        motivo = giorno and motivo_fuori_mandato(giunta.proclamazione, giorno, prima=prima)
        if motivo:
            raise GiuntaRifiutata(motivo, campo)
    if assessore.dal < assessore.decreto_data:
        raise GiuntaRifiutata("Nessuno è in carica prima del decreto che lo nomina.", "dal")
    if assessore.cessato_il and assessore.cessato_il < assessore.dal:
        raise GiuntaRifiutata(
            f"È in carica dal {assessore.dal:%d/%m/%Y}: non può cessare prima.", "cessato_il"
        )
    minima = giunta.parametri.get("eta_minima_candidato")
    nascita = assessore.data_nascita
    if minima and nascita and age_on(nascita, assessore.dal) < minima.valore:
        testo = f"Il giorno della nomina non ha {minima.valore} anni: non può essere assessore"
        raise GiuntaRifiutata(f"{testo} ({minima.riferimento}).", "data_nascita")


def _check_persona(giunta: Giunta, assessore: Assessore, altri: list[Assessore]) -> None:
    if assessore.persona == giunta.sindaco:
        raise GiuntaRifiutata("È il sindaco: presiede la giunta e non è fra i suoi assessori.", "persona")
    for altro in altri:
        if _same_person(altro, assessore) and _meet(altro, assessore):
            campo = "persona" if assessore.persona else "cognome"
            raise GiuntaRifiutata(f"{altro} è già assessore dal {altro.dal:%d/%m/%Y}.", campo)


def _check_legge(giunta: Giunta, assessore: Assessore, altri: list[Assessore]) -> None:
    """No day on which the law is surely broken: it can begin only when somebody takes office."""
    insieme = [assessore, *(altro for altro in altri if _meet(altro, assessore))]
    for giorno in sorted({max(uno.dal, assessore.dal) for uno in insieme}):
        esito = giunta.check([uno for uno in insieme if uno.is_in_carica(giorno)])
        for rilievo in esito.rilievi:
            if rilievo.gravita is Gravita.ERRORE:
                raise GiuntaRifiutata(f"{rilievo.testo} {rilievo.rimedio}")


def _same_person(uno: Assessore, altro: Assessore) -> bool:
    if uno.persona or altro.persona:
        return uno.persona == altro.persona
    return _identity(uno) == _identity(altro)


def _identity(uno: Assessore) -> tuple:
    return uno.cognome.casefold(), uno.nome.casefold(), uno.data_nascita


def _meet(uno: Assessore, altro: Assessore) -> bool:
    """Whether the two are ever in office together."""
    return (uno.cessato_il or date.max) > altro.dal and (altro.cessato_il or date.max) > uno.dal
