"""Form of the reminders."""

from django import forms

from comuni.models import PreferenzaPromemoria


class PreferenzaForm(forms.ModelForm):
    class Meta:
        model = PreferenzaPromemoria
        fields = ["frequenza"]
        widgets = {"frequenza": forms.RadioSelect}
        labels = {"frequenza": "Quando mandarli"}
