"""Forms of offices, nominations and fees."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.fonti import liste_in_corsa
from comuni.models import Elezione, Sezione
from comuni.moduli import CampoData
from seggi.idoneita import letters
from seggi.liquidazione import clean_codice_fiscale
from seggi.models import Iscritto, Rappresentante


class AvvisoForm(forms.Form):
    data = CampoData(label="Giorno della seduta")
    ora = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    luogo = forms.CharField(max_length=200, help_text="Sala e indirizzo.")


class AvvisoAlboForm(forms.Form):
    """Where one applies to be enrolled in a register."""

    dove = forms.CharField(
        max_length=200, label="Dove si presenta la domanda", help_text="Ufficio e indirizzo del comune."
    )
    orario = forms.CharField(
        max_length=200, required=False, help_text="Per esempio: dal lunedì al venerdì, dalle 9 alle 12."
    )
    recapito = forms.CharField(max_length=200, required=False, label="PEC o pagina per le domande a distanza")


class ElencoForm(forms.Form):
    riserve = forms.IntegerField(
        label="Quante riserve",
        min_value=0,
        max_value=20_000,
        help_text="Chi segue nell'ordine del sorteggio e sostituisce chi rinuncia.",
    )
    strati = forms.MultipleChoiceField(
        label="Categorie da estrarre per prime",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Solo se la commissione lo ha deciso: sarà scritto nel verbale.",
    )
    solo_numeri = forms.TypedChoiceField(
        label="L'elenco pubblicato contiene",
        choices=[("1", "solo i numeri d'iscrizione all'albo"), ("", "numeri d'iscrizione, cognomi e nomi")],
        coerce=bool,
        empty_value=False,
        required=False,
        help_text="Chi è iscritto conosce il suo numero; i nomi degli estratti escono nell'elenco affisso.",
    )
    in_rete = forms.BooleanField(
        label="Pagina pubblica su cui chiunque ripete il sorteggio", required=False, initial=True
    )

    def __init__(self, *args, categorie: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strati"].choices = [(c, c) for c in categorie]
        if not categorie:
            del self.fields["strati"]


class SemeForm(forms.Form):
    seme = forms.CharField(
        max_length=200,
        help_text="Ciò che è uscito in pubblico, per esempio «dadi 4 2 6 1» oppure «47 12 83».",
    )
    origine_seme = forms.CharField(
        max_length=200, label="Come è nato", help_text="Per esempio: quattro dadi lanciati da un cittadino."
    )
    presenti = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="Nomi e qualità.")


class IscrittoForm(forms.ModelForm):
    class Meta:
        model = Iscritto
        fields = [
            "numero_albo",
            "cognome",
            "nome",
            "sesso",
            "data_nascita",
            "luogo_nascita",
            "codice_fiscale",
            "titolo_studio",
            "elettore",
            "esclusione",
            "categoria",
            "indirizzo",
            "telefono",
            "email",
            "pec",
        ]
        widgets = {"data_nascita": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_codice_fiscale(self):
        codice = self.cleaned_data["codice_fiscale"]
        return clean_codice_fiscale(codice) if codice else ""

    def clean_esclusione(self):
        scritte = self.cleaned_data["esclusione"]
        if scritte and not letters(scritte):
            raise ValidationError("Scrivere le lettere dell'art. 23 TU: b, c, d, e, f-bis.")
        return scritte

    def clean(self):
        dati = super().clean()
        altri = Iscritto.objects.filter(comune=self.instance.comune, albo=self.instance.albo).exclude(
            pk=self.instance.pk
        )
        if altri.filter(numero_albo=dati.get("numero_albo")).exists():
            self.add_error("numero_albo", "Il numero è già di un'altra persona.")
        codice = dati.get("codice_fiscale")
        if codice and altri.iscritti().filter(codice_fiscale=codice).exists():
            self.add_error("codice_fiscale", "Una persona con questo codice fiscale è già iscritta.")
        return dati


class CampoSezione(forms.IntegerField):
    """The number of a section: a city has too many for a list to choose from."""

    def __init__(self, *, elezione: Elezione) -> None:
        self.elezione = elezione
        super().__init__(
            min_value=1,
            required=False,
            help_text="Numero della sezione; vuoto: presso l'ufficio centrale o l'adunanza dei presidenti.",
        )

    def clean(self, value):
        numero = super().clean(value)
        if numero is None:
            return None
        sezione = Sezione.objects.di(self.elezione).filter(numero=numero).first()
        if sezione is None:
            raise ValidationError(f"La sezione {numero} non c'è: controllare la pagina delle sezioni.")
        return sezione


class RappresentanteForm(forms.ModelForm):
    class Meta:
        model = Rappresentante
        fields = [
            "sezione",
            "lista",
            "qualita",
            "cognome",
            "nome",
            "data_nascita",
            "elettore",
            "modo",
            "designato_il",
        ]
        widgets = {"data_nascita": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.elezione = elezione
        self.fields["designato_il"] = forms.DateTimeField(
            label="Arrivata il",
            required=False,
            input_formats=["%Y-%m-%dT%H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            help_text="Giorno e ora della PEC o del protocollo; vuoto: adesso.",
        )
        self.fields["sezione"] = CampoSezione(elezione=elezione)
        liste = liste_in_corsa(elezione)
        if liste:
            self.fields["lista"] = forms.ChoiceField(choices=[(nome, nome) for nome in liste])

    def clean_designato_il(self):
        return self.cleaned_data["designato_il"] or timezone.now()

    def clean(self):
        dati = super().clean()
        gia = Rappresentante.objects.di(self.instance.elezione).filter(
            sezione=dati.get("sezione"), lista=dati.get("lista"), qualita=dati.get("qualita")
        )
        if gia.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "qualita", "Questa lista ha già designato qui un rappresentante con la stessa qualità."
            )
        return dati


class SceltaEtaForm(forms.Form):
    """The doubtful point on the age: all the roles (the law) or only the presidente."""

    eta = forms.ChoiceField(
        label="Oltre i 70 anni sono esclusi",
        choices=[
            ("tutti", "presidente, scrutatori e segretario (art. 23 TU)"),
            ("presidente", "solo il presidente (tabella ministeriale del 2021)"),
        ],
    )
