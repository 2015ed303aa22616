"""Forms of the giunta: the appointment of an assessore, and its end."""

from datetime import date

from django import forms
from django.utils import timezone

from comuni.persone import Sesso
from risultati.forms_esito import GIORNO
from risultati.giunta import Giunta, persona_di, persone_del_mandato
from risultati.models import Assessore
from risultati.surroga import chiave_di

DA_FUORI = "Una persona da fuori del consiglio"
PERSONALI = ("cognome", "nome", "data_nascita", "luogo_nascita")


class AssessoreForm(forms.Form):
    """The decree and the person: somebody of the council, or a citizen written in full."""

    decreto_numero = forms.CharField(label="Numero del decreto di nomina", max_length=60)
    decreto_data = forms.DateField(label="Data del decreto", widget=GIORNO)
    dal = forms.DateField(
        label="In carica dal", widget=GIORNO, help_text="Il giorno in cui ha accettato la nomina."
    )
    persona = forms.ChoiceField(label="Chi è nominato", required=False)
    cognome = forms.CharField(label="Cognome, se non è del consiglio", max_length=120, required=False)
    nome = forms.CharField(max_length=120, required=False)
    data_nascita = forms.DateField(label="Data di nascita", widget=GIORNO, required=False)
    luogo_nascita = forms.CharField(label="Luogo di nascita", max_length=120, required=False)
    sesso = forms.ChoiceField(
        choices=[("", "—"), *Sesso.choices],
        required=False,
        help_text="Serve per la quota dei due sessi; di chi si è candidato di solito è già scritto.",
    )
    vice = forms.BooleanField(label="Vice sindaco", required=False)
    delega = forms.CharField(
        label="Deleghe",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Come le dice il decreto: per esempio «bilancio, tributi».",
    )

    def __init__(self, *args, giunta: Giunta, assessore: Assessore | None = None, **kwargs) -> None:
        self.giunta = giunta
        self.assessore = assessore or Assessore(proclamazione=giunta.proclamazione)
        iniziali = _values_of(assessore) if assessore else _proposed(giunta)
        super().__init__(*args, initial=iniziali, **kwargs)
        self.fields["persona"].choices = [("", DA_FUORI), *persone_del_mandato(giunta)]

    def clean(self) -> dict:
        dati = super().clean()
        if self.errors:
            return dati
        if dati["persona"]:
            self._clean_del_consiglio(dati)
        else:
            self._clean_da_fuori(dati)
        return dati

    def _clean_del_consiglio(self, dati: dict) -> None:
        if dati["cognome"] or dati["nome"]:
            self.add_error("cognome", "Hai scelto una persona del consiglio: lascia vuoto il nome.")
        dati |= {"cognome": "", "nome": "", "data_nascita": None, "luogo_nascita": ""}
        dati["chi"] = persona_di(self.giunta.proclamazione.elezione, dati["persona"])
        noto, scritto = dati["chi"].sesso, dati["sesso"]
        dati["sesso"] = noto or scritto
        if not (noto or scritto):
            self.add_error("sesso", "Nella candidatura non è scritto: indicalo qui.")
        elif noto and scritto not in ("", noto):
            self.add_error("sesso", f"Nella candidatura è «{Sesso(noto).label}»: ricontrolla.")

    def _clean_da_fuori(self, dati: dict) -> None:
        dati["chi"] = None
        for campo in ("cognome", "nome", "data_nascita", "sesso"):
            if not dati[campo]:
                self.add_error(campo, "Scrivilo: di chi non è del consiglio serve.")

    def filled(self) -> Assessore:
        """The assessore as written, not saved."""
        dati, assessore = self.cleaned_data, self.assessore
        for campo in ("decreto_numero", "decreto_data", "dal", *PERSONALI, "sesso", "vice", "delega"):
            setattr(assessore, campo, dati[campo])
        dal_consiglio, sindaco = dati["chi"], dati["persona"].startswith("sindaco/")
        assessore.sindaco = dal_consiglio if sindaco else None
        assessore.candidato = None if sindaco else dal_consiglio
        return assessore


def _values_of(assessore: Assessore) -> dict:
    scritti = ("decreto_numero", "decreto_data", "dal", *PERSONALI, "sesso", "vice", "delega")
    chiave = "/".join(map(str, chiave_di(assessore.persona))) if assessore.persona else ""
    return {"persona": chiave, **{campo: getattr(assessore, campo) for campo in scritti}}


def _proposed(giunta: Giunta) -> dict[str, str | date]:
    """A decree usually appoints them all: the last one written is proposed again."""
    if not giunta.in_carica:
        oggi = timezone.localdate()
        return {"decreto_data": oggi, "dal": oggi}
    ultimo = max(giunta.in_carica, key=lambda assessore: assessore.pk)
    return {campo: getattr(ultimo, campo) for campo in ("decreto_numero", "decreto_data", "dal")}


class CessazioneForm(forms.Form):
    """Why and since when somebody is no longer assessore."""

    cessazione = forms.ChoiceField(label="Che cosa è accaduto", choices=Assessore.Cessazione)
    cessato_il = forms.DateField(label="Non più in carica dal", widget=GIORNO)
    cessazione_atto = forms.CharField(
        label="Atto", max_length=300, help_text="Decreto di revoca, lettera protocollata: numero e data."
    )

    def __init__(self, *args, assessore: Assessore, **kwargs) -> None:
        self.assessore = assessore
        iniziali = {campo: getattr(assessore, campo) for campo in self.base_fields}
        super().__init__(*args, initial=iniziali, **kwargs)

    def filled(self) -> Assessore:
        for campo in self.base_fields:
            setattr(self.assessore, campo, self.cleaned_data[campo])
        return self.assessore
