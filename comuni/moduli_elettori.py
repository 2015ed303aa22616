"""Forms of the electors: revisions, special voters, attestato, files, tessere."""

from django import forms

from comuni.models import ElettoreParticolare, Elezione, RilevazioneElettori, Sezione
from comuni.moduli import CampoData


class RilevazioneForm(forms.Form):
    """Men and women of every section at one revision, in one table."""

    momento = forms.ChoiceField(label="Momento", choices=RilevazioneElettori.Momento.choices)
    aggiorna = forms.BooleanField(
        label="Sono gli elettori definitivi delle sezioni", required=False, initial=True
    )

    def __init__(self, *args, sezioni: list[Sezione], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.sezioni = sezioni
        for sezione in sezioni:
            for sesso, nome in (("m", "uomini"), ("f", "donne")):
                self.fields[f"{sesso}{sezione.pk}"] = forms.IntegerField(
                    label=f"{nome}, sezione {sezione.numero}", min_value=0, max_value=99_999, required=False
                )

    def righe(self):
        """(section, field of the men, field of the women) for the table."""
        return [(s, self[f"m{s.pk}"], self[f"f{s.pk}"]) for s in self.sezioni]

    def clean(self):
        dati = super().clean()
        for s in self.sezioni:
            if (dati.get(f"m{s.pk}") is None) != (dati.get(f"f{s.pk}") is None):
                self.add_error(
                    f"f{s.pk}" if dati.get(f"f{s.pk}") is None else f"m{s.pk}",
                    f"Sezione {s.numero}: scrivere sia gli uomini sia le donne, o nessuno dei due.",
                )
        return dati

    def per_sezione(self) -> dict[int, tuple[int, int]]:
        dati = self.cleaned_data
        return {
            s.pk: (dati[f"m{s.pk}"], dati[f"f{s.pk}"])
            for s in self.sezioni
            if dati.get(f"m{s.pk}") is not None
        }


class ParticolareForm(forms.ModelForm):
    class Meta:
        model = ElettoreParticolare
        fields = [
            "titolo",
            "cognome",
            "nome",
            "data_nascita",
            "sezione",
            "sezione_iscrizione",
            "luogo",
            "domanda_il",
            "nota",
        ]
        widgets = {
            nome: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for nome in ("data_nascita", "domanda_il")
        }

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.elezione = elezione
        self.fields["sezione"].queryset = Sezione.objects.di(elezione)


class AttestatoForm(forms.Form):
    """The data of the attestato; nothing of them is kept but the act itself."""

    cognome = forms.CharField(max_length=120)
    nome = forms.CharField(max_length=120)
    data_nascita = CampoData(label="Data di nascita")
    sezione = forms.IntegerField(label="Sezione di iscrizione", min_value=1, max_value=9999)
    motivo = forms.CharField(
        max_length=200, initial="tessera smarrita o deteriorata, non sostituibile in tempo"
    )


class FileElettoriForm(forms.Form):
    file = forms.FileField(label="File (CSV o XLSX)")


class FileRevisioneForm(FileElettoriForm):
    momento = forms.ChoiceField(label="Momento", choices=RilevazioneElettori.Momento.choices)
    aggiorna = forms.BooleanField(label="Sono gli elettori definitivi delle sezioni", required=False)


class TessereForm(forms.Form):
    """The counter of one day."""

    giorno = CampoData(label="Giorno")
    consegnate = forms.IntegerField(label="Tessere consegnate", min_value=0, max_value=999_999, initial=0)
    duplicati = forms.IntegerField(label="Duplicati", min_value=0, max_value=999_999, initial=0)
    aggiornamenti = forms.IntegerField(
        label="Etichette di aggiornamento", min_value=0, max_value=999_999, initial=0
    )
