"""Forms of the office: a new election, its data, its sections, what was done about a duty."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import modelformset_factory

from comuni.models import (
    CambioSede,
    Comune,
    Convocazione,
    ElettoreParticolare,
    Elezione,
    RilevazioneElettori,
    Scadenza,
    Sezione,
    SpazioPropaganda,
)
from electoral.caricamenti import check_file
from electoral.permessi import Azione


class CampoData(forms.DateField):
    """A day with the browser's calendar; the value is ISO, the language of the page decides how it looks."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NuovaElezioneForm(forms.Form):
    """The few facts from which the law derives everything else."""

    comune = forms.ModelChoiceField(
        Comune.objects.none(), help_text="Il comune che rinnova sindaco e consiglio."
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
        help_text="Quella dell'ultimo censimento ufficiale, non quella dell'anagrafe.",
    )
    capoluogo = forms.BooleanField(label="È capoluogo di provincia", required=False)
    copia_da = forms.ModelChoiceField(
        Elezione.objects.none(),
        label="Copia le sezioni da",
        required=False,
        help_text="Numeri, sedi e uffici collegati di un'elezione precedente dello stesso comune.",
    )
    prova = forms.BooleanField(
        label="È una prova generale",
        required=False,
        help_text="Non si pubblica mai e ogni documento porta la scritta PROVA.",
    )

    def __init__(self, *args, utente, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        comuni = Comune.objects.visibili_a(utente, Azione.PREPARARE_ELEZIONE)
        self.fields["comune"].queryset = comuni
        self.fields["copia_da"].queryset = Elezione.objects.filter(comune__in=comuni).select_related("comune")

    def clean(self):
        dati = super().clean()
        precedente = dati.get("copia_da")
        if precedente and dati.get("comune") and precedente.comune_id != dati["comune"].pk:
            self.add_error("copia_da", "È un'elezione di un altro comune: sceglierne una dello stesso.")
        return dati


class DatiElezioneForm(forms.ModelForm):
    """The facts and the choices of an election."""

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
            raise forms.ValidationError(f"La sezione {numero} esiste già: usare un altro numero.")
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
