"""Who may be in an office: requirements and exclusions of a person, with the article (TU 20, 23, 47).

Built once for an election: whoever has another part in it is looked up by codice fiscale, or by name and
birth date, without a query for each person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from comuni.fonti import persone_impegnate
from comuni.indice import IndicePersone
from comuni.legge import parametri_di
from comuni.models import Elezione
from norme.rilievi import Rilievo, has_errori
from norme.uffici import ESCLUSIONI, PersonaUfficio, check_componente
from seggi.models import Iscritto, Nomina, RuoloUfficio

CANDIDATI, RAPPRESENTANTI = "candidati", "rappresentanti"


class Idoneita:
    """The checks on the people of one election."""

    def __init__(self, elezione: Elezione) -> None:
        self.parametri = parametri_di(elezione)
        self._candidati = IndicePersone(persone_impegnate(elezione, vesti=[CANDIDATI]))
        self._rappresentanti = IndicePersone(persone_impegnate(elezione, vesti=[RAPPRESENTANTI]))
        self._uffici: dict[object, dict[int, str]] = defaultdict(dict)
        attive = Nomina.objects.di(elezione).attive()
        campi = ("iscritto", "chiave", "data_nascita", "codice_fiscale", "ufficio__sezione__numero")
        for pk, iscritto, chiave, nascita, codice, numero in attive.values_list("pk", *campi):
            for chi in _identities(iscritto, chiave, nascita, codice):
                self._uffici[chi][pk] = f"sezione {numero}"

    def uffici_di(self, chi: Iscritto | Nomina) -> tuple[str, ...]:
        """The offices this person holds now: the same register, codice fiscale, or name and birth date."""
        iscritto = chi.pk if isinstance(chi, Iscritto) else chi.iscritto_id
        trovati: dict[int, str] = {}
        for identita in _identities(iscritto, chi.chiave, chi.data_nascita, chi.codice_fiscale):
            trovati |= self._uffici.get(identita, {})
        return tuple(trovati.values())

    def check(self, chi: Iscritto | Nomina, *, ruolo: str) -> tuple[Rilievo, ...]:
        """The findings about this person in this role."""
        return check_componente(self._persona(chi), ruolo=ruolo, parametri=self.parametri)

    def is_idoneo(self, chi: Iscritto | Nomina, *, ruolo: str) -> bool:
        return not has_errori(self.check(chi, ruolo=ruolo))

    def suspects(self, iscritti, *, ruolo: str = RuoloUfficio.SCRUTATORE):
        """Of a queryset of the register, the few who might be refused: the others need no check one by one.

        Wider than the law on purpose (``check`` decides), so that a register of fifty thousand is not read.
        """
        anni = self.parametri.intero("eta_massima_componenti")
        giorno = self.parametri.caso.data
        soglia = giorno.replace(year=giorno.year - anni, day=min(giorno.day, 28)) + timedelta(days=4)
        titoli = self.parametri.valore("titolo_studio")
        minorenni = giorno.year - self.parametri.intero("eta_elettore")
        giovani = Q(data_nascita__gt=giorno.replace(year=minorenni, day=min(giorno.day, 28)))
        dubbi = giovani | Q(data_nascita__lt=soglia) | Q(elettore=False) | ~Q(esclusione="")
        dubbi |= Q(titolo_studio__lt=titoli[ruolo])
        for indice in (self._candidati, self._rappresentanti):
            dubbi |= Q(chiave__in=indice.chiavi) | Q(codice_fiscale__in=indice.chiavi)
        return iscritti.filter(dubbi)

    def certain(self, *, ruolo: str = RuoloUfficio.SCRUTATORE) -> Q:
        """Those whom the register alone excludes beyond doubt: ``check`` would refuse every one of them."""
        certi = Q(elettore=False) if ruolo != RuoloUfficio.PRESIDENTE else Q(pk=None)
        if ruolo in self.parametri.valore("eta_massima_ruoli"):
            giorno = self.parametri.caso.data
            anno = giorno.year - self.parametri.intero("eta_massima_componenti")
            certi |= Q(data_nascita__lt=giorno.replace(year=anno, day=min(giorno.day, 28)))
        return certi

    def find_esclusi(self, iscritti, *, ruolo: str = RuoloUfficio.SCRUTATORE) -> "Esclusi":
        """Of a queryset of the register, those whom the law excludes."""
        certi = self.certain(ruolo=ruolo)
        _, altri = self.sort_idonei(self.suspects(iscritti, ruolo=ruolo).exclude(certi), ruolo=ruolo)
        return Esclusi(self, iscritti, certi, altri)

    def sort_idonei(
        self, iscritti: Iterable[Iscritto], *, ruolo: str = RuoloUfficio.SCRUTATORE
    ) -> tuple[list[Iscritto], list[tuple[Iscritto, tuple[Rilievo, ...]]]]:
        """(who may be drawn, who may not with the errors found)."""
        idonei, esclusi = [], []
        for iscritto in iscritti:
            rilievi = self.check(iscritto, ruolo=ruolo)
            if has_errori(rilievi):
                esclusi.append((iscritto, rilievi))
            else:
                idonei.append(iscritto)
        return idonei, esclusi

    def _persona(self, chi: Iscritto | Nomina) -> PersonaUfficio:
        iscritto = chi if isinstance(chi, Iscritto) else chi.iscritto
        esclusioni = letters(iscritto.esclusione) if iscritto else ()
        if _is_among(self._candidati, chi):
            esclusioni = tuple(sorted({*esclusioni, "f"}))
        return PersonaUfficio(
            id=chi.pk or 0,
            nome=str(chi),
            data_nascita=chi.data_nascita,
            elettore_del_comune=iscritto.elettore if iscritto else True,
            titolo_studio=iscritto.titolo_studio if iscritto else None,
            iscritto_albo=iscritto is not None and iscritto.cancellato_il is None,
            esclusioni=esclusioni,
            rappresentante=_is_among(self._rappresentanti, chi),
            uffici=self.uffici_di(chi),
        )


class Esclusi:
    """Who may not be drawn: many for reasons the register says (not read one by one), the others checked."""

    def __init__(self, idoneita: Idoneita, iscritti, certi: Q, altri: list) -> None:
        self._idoneita, self._iscritti, self._certi, self._altri = idoneita, iscritti, certi, altri
        self.quanti = iscritti.filter(certi).count() + len(altri)

    def idonei(self):
        """The others."""
        return self._iscritti.exclude(self._certi).exclude(pk__in=[chi.pk for chi, _ in self._altri])

    def first(self, quanti: int) -> list[tuple[Iscritto, tuple[Rilievo, ...]]]:
        """Some of them, with the errors found."""
        certi = self._iscritti.filter(self._certi)[: max(0, quanti - len(self._altri))]
        return [*self._altri[:quanti], *self._idoneita.sort_idonei(certi)[1]]


def _is_among(indice: IndicePersone, chi: Iscritto | Nomina) -> bool:
    trovata = indice.find(chiave=chi.chiave, data_nascita=chi.data_nascita, codice_fiscale=chi.codice_fiscale)
    return trovata is not None


def _identities(iscritto: int | None, chiave: str, nascita: date | None, codice: str) -> list[object]:
    """Everything by which somebody is told from others; a name alone is not enough."""
    note: list[object] = [iscritto] if iscritto else []
    if codice:
        note.append(codice)
    if nascita:
        note.append((chiave, nascita))
    return note


def letters(testo: str) -> tuple[str, ...]:
    """The letters of TU 23 written in a register: "e", "b, f-bis"."""
    scritte = re.split(r"[\s,;)]+", testo.casefold())
    return tuple(lettera for lettera in scritte if lettera in ESCLUSIONI)


def say_refusal(chi: Iscritto | Nomina, rilievi: Iterable[Rilievo]) -> str:
    """Why the person is refused, with the article, in one sentence each."""
    errori = [r for r in rilievi if r.gravita.value == "E"]
    return " ".join(f"{r.testo} ({r.voce.articolo})" for r in errori) or f"{chi} non è idoneo."
