"""Forms of the fees: where to pay, what changes the amounts, the determina."""

from django import forms
from django.core.exceptions import ValidationError

from comuni.moduli import CampoData
from seggi.compensi import read_quota
from seggi.liquidazione import clean_codice_fiscale, clean_iban
from seggi.models import DatiPagamento, ImpostazioniCompensi


class PagamentoForm(forms.ModelForm):
    """Where a person is paid; the codice fiscale of the nomination is completed here."""

    codice_fiscale = forms.CharField(max_length=16, required=False, label="Codice fiscale")
    frazione_servizio = forms.CharField(
        max_length=12, required=False, label="Quota di servizio", help_text="Solo se in parte: 3/5."
    )
    frazione_ballottaggio = forms.CharField(max_length=12, required=False, label="Quota al ballottaggio")

    class Meta:
        model = DatiPagamento
        fields = ["iban", "intestatario", "contanti"]

    def clean_iban(self):
        iban = self.cleaned_data["iban"]
        return clean_iban(iban) if iban else ""

    def clean_codice_fiscale(self):
        codice = self.cleaned_data["codice_fiscale"]
        return clean_codice_fiscale(codice) if codice else ""

    def clean_frazione_servizio(self):
        return self._quota("frazione_servizio")

    def clean_frazione_ballottaggio(self):
        return self._quota("frazione_ballottaggio")

    def _quota(self, campo: str) -> str:
        scritta = self.cleaned_data[campo]
        return str(read_quota(scritta)) if scritta else ""

    def clean(self):
        dati = super().clean()
        if dati.get("contanti") and dati.get("iban"):
            self.add_error("contanti", "Scegliere: o l'IBAN, o i contanti.")
        return dati


class ImpostazioniForm(forms.ModelForm):
    """Facts of the fees."""

    class Meta:
        model = ImpostazioniCompensi
        fields = ["elezioni_contemporanee", "rendiconto_entro"]
        widgets = {"rendiconto_entro": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_elezioni_contemporanee(self):
        quante = self.cleaned_data["elezioni_contemporanee"]
        if not 1 <= quante <= 20:
            raise ValidationError("Le elezioni contemporanee sono da 1 a 20.")
        return quante


class ChiudiLiquidazioneForm(forms.Form):
    determina = forms.CharField(max_length=120, label="Determina", help_text="Numero, per esempio 214.")
    data = CampoData(label="Data della determina")
