"""Forms of the commissione elettorale comunale."""

from django import forms

from comuni.models import ComponenteCommissione, SedutaCommissione
from comuni.moduli import CampoData


class ComponenteForm(forms.ModelForm):
    eletto_il = CampoData(label="Eletto il", help_text="Seduta del consiglio che lo ha eletto.")
    cessato_il = CampoData(label="Cessato il", required=False, help_text="Vuoto: è in carica.")

    class Meta:
        model = ComponenteCommissione
        fields = ["cognome", "nome", "ruolo", "minoranza", "eletto_il", "cessato_il", "recapito"]

    def clean(self):
        dati = super().clean()
        eletto, cessato = dati.get("eletto_il"), dati.get("cessato_il")
        if eletto and cessato and cessato < eletto:
            self.add_error("cessato_il", "Viene prima del giorno in cui è stato eletto.")
        return dati


class SedutaForm(forms.ModelForm):
    convocata_per = forms.DateTimeField(
        label="Giorno e ora",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = SedutaCommissione
        fields = ["oggetto", "convocata_per", "luogo", "seconda_convocazione"]


class EsitoSedutaForm(forms.ModelForm):
    """Who was there and what was decided."""

    class Meta:
        model = SedutaCommissione
        fields = ["tenuta", "sindaco_presente", "presidente", "segretario", "presenti", "esito"]
        widgets = {"presenti": forms.CheckboxSelectMultiple, "esito": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, componenti, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenti"].queryset = ComponenteCommissione.objects.filter(
            pk__in=[c.pk for c in componenti]
        )
        self.fields["presenti"].label_from_instance = lambda c: f"{c}, {c.get_ruolo_display()}"

    def clean(self):
        dati = super().clean()
        if dati.get("tenuta") and not dati.get("esito", "").strip():
            self.add_error("esito", "Scrivere che cosa la commissione ha deciso.")
        return dati
