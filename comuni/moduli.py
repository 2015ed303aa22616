"""Forms of the office: a new election, its data, its sections, what was done about a duty."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import modelformset_factory

from comuni.models import (
    CambioSede,
    Comune,
    Convocazione,
    Elezione,
    Scadenza,
    Sezione,
    SpazioPropaganda,
)
from comuni.ricerca import ESEMPIO, find_comune
from electoral.caricamenti import check_file


class CampoData(forms.DateField):
    """A day with the browser's calendar; the value is ISO, the language of the page decides how it looks."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NuovaElezioneForm(forms.Form):
    """The few facts from which the law derives everything else."""

    comune = forms.CharField(
        max_length=200,
        help_text=ESEMPIO,
        widget=forms.TextInput(attrs={"list": "comuni-gestiti", "autocomplete": "off"}),
    )
    data = CampoData(label="Primo giorno di voto", help_text="La domenica fissata dal decreto.")
    giorni = forms.TypedChoiceField(
        label="Giorni di voto",
        choices=[("", "come dispone la legge di quell'anno"), ("1", "uno"), ("2", "due")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    popolazione = forms.IntegerField(
        label="Popolazione legale",
        min_value=1,
        max_value=10_000_000,
        required=False,
        help_text="Quella dell'ultimo censimento ufficiale, non quella dell'anagrafe. "
        "Se vuota, si usa quella registrata per il comune.",
    )
    capoluogo = forms.BooleanField(label="È capoluogo di provincia", required=False)
    copia_da = forms.ModelChoiceField(
        Elezione.objects.none(),
        label="Copia le sezioni da",
        required=False,
        empty_label="non copiare",
        help_text="Numeri, sedi e uffici collegati di un'elezione precedente dello stesso comune.",
    )
    prova = forms.BooleanField(
        label="È una prova generale",
        required=False,
        help_text="Non si pubblica mai e ogni documento porta la scritta PROVA.",
    )

    def __init__(self, *args, comuni, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.comuni = comuni
        scritto = self.data.get("comune") if self.is_bound else self.initial.get("comune")
        try:
            self.scelto = find_comune(scritto or "", tra=comuni)
        except ValidationError:
            self.scelto = None
        if self.scelto is not None:  # the elections of one comune, not those of a whole province
            precedenti = Elezione.objects.filter(comune=self.scelto).select_related("comune")
            self.fields["copia_da"].queryset = precedenti

    def clean_comune(self) -> Comune:
        return find_comune(self.cleaned_data["comune"], tra=self.comuni)

    def clean(self):
        dati = super().clean()
        comune = dati.get("comune")
        if comune is None:
            return dati
        dati["capoluogo"] = dati["capoluogo"] or comune.capoluogo
        dati["popolazione"] = dati.get("popolazione") or comune.popolazione_legale
        if not dati["popolazione"] and "popolazione" not in self.errors:
            self.add_error("popolazione", f"Di {comune} non è registrata: scrivere quella del censimento.")
        return dati


class DatiElezioneForm(forms.ModelForm):
    """The facts and the choices of an election; what the database would refuse is said here, in words."""

    giorni = forms.TypedChoiceField(label="Giorni di voto", choices=[(1, "uno"), (2, "due")], coerce=int)

    class Meta:
        model = Elezione
        fields = [
            "data",
            "giorni",
            "data_ballottaggio",
            "popolazione_legale",
            "capoluogo",
            "sistema",
            "seggi_consiglio",
            "elettori_aire",
            "votanti_aire",
            "digitazione",
            "soglia_doppia",
        ]
        widgets = {
            nome: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for nome in ("data", "data_ballottaggio")
        }

    def clean_data(self):
        data = self.cleaned_data["data"]
        altre = Elezione.objects.filter(comune=self.instance.comune, data=data, prova=False)
        if not self.instance.prova and altre.exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"{self.instance.comune} ha già un'elezione il {data:%d/%m/%Y}.")
        return data

    def clean(self):
        dati = super().clean()
        data, secondo = dati.get("data"), dati.get("data_ballottaggio")
        if data and secondo and secondo <= data:
            self.add_error("data_ballottaggio", "Deve venire dopo il primo giorno di voto.")
        if dati.get("digitazione") == Elezione.Digitazione.DOPPIA_OLTRE_SOGLIA and not dati.get(
            "soglia_doppia"
        ):
            self.add_error("soglia_doppia", "Scrivere da quanti elettori la sezione si digita due volte.")
        if (dati.get("votanti_aire") or 0) > (dati.get("elettori_aire") or 10**9):
            self.add_error("votanti_aire", "Sono più degli elettori AIRE.")
        return dati


class ScadenzaForm(forms.ModelForm):
    """What was done about a duty; who says it was not due says why."""

    class Meta:
        model = Scadenza
        fields = ["stato", "nota", "allegato"]
        widgets = {
            "nota": forms.Textarea(attrs={"rows": 3}),
            "stato": forms.RadioSelect,
            "allegato": forms.FileInput,
        }
        help_texts = {
            "nota": "Estremi dell'atto, protocollo; se l'adempimento non è dovuto, perché.",
            "allegato": "PDF, anche firmato (P7M), o immagine; al più 15 MB. Non si pubblica.",
        }

    def clean_allegato(self):
        allegato = self.cleaned_data["allegato"]
        if isinstance(allegato, UploadedFile):
            tipo = check_file(allegato)
            allegato.name = f"{self.instance.elezione.slug}-{self.instance.codice}{tipo.estensione}"
        return allegato

    def clean(self):
        dati = super().clean()
        if dati.get("stato") == Scadenza.Stato.NON_DOVUTA and not dati.get("nota", "").strip():
            self.add_error("nota", "Scrivere perché l'adempimento non è dovuto.")
        return dati


class SezioneForm(forms.ModelForm):
    class Meta:
        model = Sezione
        fields = [
            "numero",
            "tipo",
            "sezione_madre",
            "plesso",
            "indirizzo",
            "accessibile",
            "posti_letto",
            "elettori_m",
            "elettori_f",
        ]

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.elezione = elezione
        altre = Sezione.objects.di(elezione).exclude(pk=self.instance.pk)
        self.fields["sezione_madre"].queryset = altre.filter(sezione_madre=None)

    def clean_numero(self):
        numero = self.cleaned_data["numero"]
        if (
            Sezione.objects.di(self.instance.elezione)
            .filter(numero=numero)
            .exclude(pk=self.instance.pk)
            .exists()
        ):
            raise ValidationError(f"La sezione {numero} esiste già: usare un altro numero.")
        return numero


class CreaSezioniForm(forms.Form):
    """Sections 1 to n in one go."""

    quante = forms.IntegerField(
        label="Quante sezioni",
        min_value=1,
        max_value=3000,
        help_text="Si creano quelle che mancano, da 1 in poi.",
    )


SediFormSet = modelformset_factory(
    Sezione, fields=["plesso", "indirizzo", "accessibile", "elettori_m", "elettori_f"], extra=0
)


class ConvocazioneForm(forms.ModelForm):
    class Meta:
        model = Convocazione
        fields = [
            "decreto_prefetto_numero",
            "decreto_prefetto_data",
            "decreto_ministro",
            "qualifica",
            "firmatario",
            "sezioni_sentenza",
            "rinviata_al",
            "motivo_rinvio",
        ]
        widgets = {
            nome: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for nome in ("decreto_prefetto_data", "decreto_ministro", "rinviata_al")
        }
        help_texts = {
            "decreto_prefetto_data": "Serve per il manifesto.",
            "firmatario": "Nome e cognome: serve per il manifesto.",
        }


class CambioSedeForm(forms.ModelForm):
    class Meta:
        model = CambioSede
        fields = ["sezione", "edificio", "indirizzo", "motivo", "proposta_il", "decisa_il"]
        widgets = {
            nome: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for nome in ("proposta_il", "decisa_il")
        }

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sezione"].queryset = Sezione.objects.di(elezione).con_risultati()


class AireForm(forms.Form):
    """The CSV of the electors abroad, only used to print the cards: it is not kept."""

    file = forms.FileField(
        label="Elettori all'estero (CSV o XLSX)",
        help_text="Colonne: cognome, nome, indirizzo, localita, stato. Il file non resta in archivio.",
    )


class SpazioForm(forms.ModelForm):
    class Meta:
        model = SpazioPropaganda
        fields = ["centro_abitato", "ubicazione"]
