"""Forms of the users' pages."""

from django import forms
from django.core.exceptions import ValidationError

from comuni.models import Comune, Elezione
from comuni.ricerca import find_comune
from comuni.utenti import parse_numeri
from electoral.models import Utente
from electoral.permessi import Ruolo

RUOLI_DATI_A_MANO = [(ruolo.value, ruolo.label) for ruolo in Ruolo]


class RuoloModulo(forms.Form):
    """One role in one of the manager's comuni."""

    comune = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"list": "comuni-gestiti", "autocomplete": "off"})
    )
    ruolo = forms.ChoiceField(choices=RUOLI_DATI_A_MANO, initial=Ruolo.OPERATORE)

    def __init__(self, *args, comuni, **kwargs):
        super().__init__(*args, **kwargs)
        self.comuni = comuni
        primi = list(comuni[:2])
        if len(primi) == 1:
            self.fields["comune"].initial = primi[0].nome

    def clean_comune(self) -> Comune:
        return find_comune(self.cleaned_data["comune"], tra=self.comuni)


class InvitoModulo(RuoloModulo):
    nome = forms.CharField(max_length=150)
    cognome = forms.CharField(max_length=150)
    email = forms.EmailField(
        label="Posta elettronica", required=False, help_text="Serve per mandare l'invito e per la password."
    )
    username = forms.CharField(
        label="Nome utente",
        max_length=150,
        required=False,
        validators=Utente._meta.get_field("username").validators,
        help_text="Se vuoto: nome.cognome.",
    )
    manda = forms.BooleanField(
        label="Manda l'invito per posta elettronica",
        required=False,
        help_text="Altrimenti il collegamento si consegna a mano.",
    )
    field_order = ["nome", "cognome", "email", "username", "comune", "ruolo", "manda"]

    def clean(self):
        dati = super().clean()
        if dati.get("manda") and not dati.get("email"):
            self.add_error("email", "Per mandare l'invito serve l'indirizzo.")
        return dati


class PostaModulo(forms.Form):
    """The address of a person: invitations, reminders, a new password go there."""

    email = forms.EmailField(label="Posta elettronica", required=False, max_length=254)


class SezioniModulo(forms.Form):
    """Sections of one election for a typist."""

    elezione = forms.ModelChoiceField(Elezione.objects.none(), empty_label=None)
    sezioni = forms.CharField(
        required=False, max_length=400, help_text="Numeri e intervalli: 1-5, 7, 12. Vuoto: nessuna."
    )

    def __init__(self, *args, comune, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["elezione"].queryset = comune.elezioni.select_related("comune")

    def clean_sezioni(self) -> list[int]:
        return parse_numeri(self.cleaned_data["sezioni"])


class SuTuttiModulo(forms.Form):
    """The read-only prefettura over a province, the commissione over a circondario."""

    ambito = forms.ChoiceField()
    AMBITI = {"provincia": Ruolo.PREFETTURA, "circondario": Ruolo.COMMISSIONE}

    def __init__(self, *args, comuni, **kwargs):
        super().__init__(*args, **kwargs)
        self.comuni = comuni
        province = comuni.order_by("provincia").values_list("provincia", flat=True).distinct()
        circondari = comuni.exclude(circondario="").order_by("circondario")
        self.fields["ambito"].choices = [
            ("Prefettura (sola lettura)", [(f"provincia:{p}", f"provincia di {p}") for p in province]),
            (
                "Commissione elettorale circondariale",
                [
                    (f"circondario:{c}", f"circondario di {c}")
                    for c in circondari.values_list("circondario", flat=True).distinct()
                ],
            ),
        ]

    def clean_ambito(self):
        campo, _, nome = self.cleaned_data["ambito"].partition(":")
        if campo not in self.AMBITI:
            raise ValidationError("Ambito non previsto.")
        return self.comuni.filter(**{campo: nome}), self.AMBITI[campo], nome


class FileUtentiModulo(forms.Form):
    file = forms.FileField(
        label="File CSV o Excel",
        help_text="Colonne: cognome, nome, ruolo; facoltative: email, nome_utente, comune, provincia, "
        "sezioni.",
    )
