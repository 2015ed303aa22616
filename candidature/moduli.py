"""Forms of the candidatures: what the clerk types, with its limits and its words."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from stdnum.it import codicefiscale as forma

from candidature import termini
from candidature.cittadinanza import STATI_UNIONE
from candidature.identita import complete_from_codice
from candidature.models import (
    Candidato,
    CandidatoSindaco,
    Delegato,
    Notifica,
    Seduta,
    SorteggioNumeri,
    Sottoscrizione,
)
from candidature.sviste import sviste_della_ricevuta
from comuni.persone import Sesso

#: Between the clock of the counter and that of the server.
TOLLERANZA = timedelta(minutes=5)


class IstanteField(forms.DateTimeField):
    """Day and hour, as the browser's own control gives them; ``avvenuto``: of something that happened."""

    def __init__(self, *, avvenuto: bool = False, **kwargs) -> None:
        self.avvenuto = avvenuto
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formati = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"]
        super().__init__(widget=widget, input_formats=formati, **kwargs)

    def clean(self, value):
        momento = super().clean(value)
        if self.avvenuto and momento and momento > timezone.now() + TOLLERANZA:
            raise forms.ValidationError("Il giorno e l'ora sono nel futuro: ricontrollali.", code="futuro")
        return momento


class GiornoField(forms.DateField):
    """A day typed fast: 3/10/1980 or 03101980 or 1980-10-03."""

    def __init__(self, **kwargs) -> None:
        widget = forms.DateInput(
            attrs={"inputmode": "numeric", "placeholder": "gg/mm/aaaa"}, format="%d/%m/%Y"
        )
        formati = ["%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"]
        super().__init__(widget=widget, input_formats=formati, **kwargs)


class CodiceFiscaleField(forms.CharField):
    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=20, label="Codice fiscale", **kwargs)

    def clean(self, value) -> str:
        codice = super().clean(value).replace(" ", "").upper()
        if codice and (len(codice) != 16 or not forma.is_valid(codice)):
            raise forms.ValidationError(
                "Il codice fiscale non è valido: ricontrolla i 16 caratteri sul documento."
            )
        return codice


class _MultiploFile(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"


class PresentazioneForm(forms.Form):
    """The receipt: who files what, and at what hour."""

    denominazione = forms.CharField(label="Denominazione della lista", max_length=200)
    sindaco = forms.ModelChoiceField(
        label="Candidato sindaco già registrato",
        queryset=CandidatoSindaco.objects.none(),
        required=False,
        empty_label="— nuovo candidato sindaco —",
    )
    sindaco_cognome = forms.CharField(label="Cognome del candidato sindaco", max_length=120, required=False)
    sindaco_nome = forms.CharField(label="Nome del candidato sindaco", max_length=120, required=False)
    sindaco_sesso = forms.ChoiceField(label="Sesso", choices=[("", "—"), *Sesso.choices], required=False)
    sindaco_data_nascita = GiornoField(label="Data di nascita", required=False)
    sindaco_luogo_nascita = forms.CharField(label="Luogo di nascita", max_length=120, required=False)
    presentata_il = IstanteField(avvenuto=True, label="Presentata il (giorno e ora della consegna)")
    presentata_da = forms.CharField(label="Consegnata da", max_length=200)
    contrassegno = forms.FileField(
        label="Contrassegno",
        required=False,
        widget=_MultiploFile(attrs={"accept": "image/png,image/jpeg,image/svg+xml"}),
        help_text="PNG, JPEG o SVG, al massimo 10 MB. Si può aggiungere dopo.",
    )
    contrassegno_descrizione = forms.CharField(
        label="Descrizione del contrassegno", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    esemplari_contrassegno = forms.IntegerField(
        label="Esemplari cartacei del contrassegno", min_value=0, max_value=99, required=False
    )
    supporto_digitale = forms.BooleanField(label="Contrassegno su supporto digitale", required=False)
    simbolo_di_partito = forms.BooleanField(label="Contiene il simbolo di un partito", required=False)
    firme_dichiarate = forms.IntegerField(
        label="Sottoscrizioni dichiarate", min_value=0, max_value=20_000, required=False
    )
    ricontrollato = forms.BooleanField(label="Ho ricontrollato: registra la lista così", required=False)

    def __init__(self, *args, elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.elezione = elezione
        self.sviste: list[str] = []
        self.fields["sindaco"].queryset = CandidatoSindaco.objects.di(elezione).order_by("numero")
        self.fields["presentata_il"].initial = timezone.localtime().replace(second=0, microsecond=0)

    def clean(self) -> dict:
        dati = super().clean()
        if not dati.get("sindaco") and not (dati.get("sindaco_cognome") and dati.get("sindaco_nome")):
            self.add_error("sindaco", "Scegli il candidato sindaco oppure scrivi cognome e nome.")
        if not self.errors:
            self._ask_again(dati)
        return dati

    def _ask_again(self, dati: dict) -> None:
        """What looks like a slip comes back once; ticked, it is recorded as it is."""
        self.sviste = sviste_della_ricevuta(
            self.elezione,
            denominazione=dati["denominazione"],
            presentata_il=dati["presentata_il"],
            sindaco=dati["sindaco"],
            nuovo_sindaco=self.sindaco_dati(),
        )
        if not dati["ricontrollato"]:
            for svista in self.sviste:
                self.add_error(None, svista)

    def sindaco_dati(self) -> dict:
        dati = self.cleaned_data
        return {
            campo: dati[f"sindaco_{campo}"]
            for campo in ("cognome", "nome", "sesso", "data_nascita", "luogo_nascita")
        }

    def lista_dati(self) -> dict:
        campi = (
            "denominazione presentata_il presentata_da contrassegno_descrizione esemplari_contrassegno"
            " supporto_digitale simbolo_di_partito firme_dichiarate"
        )
        return {campo: self.cleaned_data[campo] for campo in campi.split()}


class PersonaVeloce(forms.ModelForm):
    """Typed fast: the codice fiscale fills sex, birth date and place where they are empty."""

    codice_fiscale = CodiceFiscaleField(required=False)
    data_nascita = GiornoField(label="Data di nascita", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "cittadinanza" in self.fields:
            presente = self.instance.cittadinanza
            altre = [] if presente in STATI_UNIONE else [(presente, presente)]
            self.fields["cittadinanza"] = forms.ChoiceField(
                label="Cittadinanza", choices=[*STATI_UNIONE.items(), *altre], initial="IT"
            )

    def clean(self) -> dict:
        return complete_from_codice(super().clean(), oggi=timezone.localdate())


class CandidatoForm(PersonaVeloce):
    class Meta:
        model = Candidato
        fields = [
            "cognome",
            "nome",
            "codice_fiscale",
            "sesso",
            "data_nascita",
            "luogo_nascita",
            "cittadinanza",
            "accettazione",
            "iscrizione",
        ]


class SottoscrittoreForm(PersonaVeloce):
    firmata_il = GiornoField(label="Firmata il", required=False)

    class Meta:
        model = Sottoscrizione
        fields = [
            "modulo",
            "cognome",
            "nome",
            "codice_fiscale",
            "data_nascita",
            "luogo_nascita",
            "iscrizione",
            "firmata_il",
            "autenticata",
            "modulo_regolare",
        ]

    def clean(self) -> dict:
        dati = super().clean()
        if not dati.get("cognome") or not dati.get("nome"):
            self.add_error("cognome", "Scrivi cognome e nome di chi ha firmato.")
        return dati


class DelegatoForm(forms.ModelForm):
    class Meta:
        model = Delegato
        fields = ["cognome", "nome", "ruolo", "pec", "telefono", "domicilio"]


class SedutaForm(forms.ModelForm):
    aperta_il = IstanteField(avvenuto=True, label="Aperta il")

    class Meta:
        model = Seduta
        fields = ["tipo", "luogo", "presidente", "componenti", "segretario", "aperta_il"]
        widgets = {"componenti": forms.Textarea(attrs={"rows": 2})}


class DecisioneForm(forms.Form):
    esito = forms.CharField(label="Esito", error_messages={"required": "Scegli l'esito."})
    motivazione = forms.CharField(
        label="Motivazione", widget=forms.Textarea(attrs={"rows": 6}), required=False
    )
    integrare_entro = IstanteField(label="Da integrare entro", required=False)

    @classmethod
    def proposed(cls, esame, motivazione: str, elezione) -> "DecisioneForm":
        fine = termini.decisione_definitiva(elezione)
        return cls(
            initial={
                "esito": esame.esito.proposta.value,
                "motivazione": motivazione,
                "integrare_entro": fine - timedelta(minutes=1) if fine else None,
            }
        )


class AudizioneForm(forms.Form):
    sentito = forms.CharField(label="Delegato sentito", max_length=200)
    sentito_il = IstanteField(avvenuto=True, label="Sentito il")
    deduzioni = forms.CharField(
        label="Che cosa ha dedotto", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    documenti_nuovi = forms.CharField(
        label="Nuovi documenti ammessi", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class NotificaForm(forms.Form):
    destinatario = forms.CharField(label="Notificata a", max_length=200)
    modalita = forms.ChoiceField(label="Come", choices=Notifica.Modalita.choices)
    notificata_il = IstanteField(avvenuto=True, label="Notificata il")


class SorteggioForm(forms.Form):
    modalita = forms.ChoiceField(
        label="Come si sorteggia", choices=SorteggioNumeri.Modalita.choices, widget=forms.RadioSelect
    )
    seme = forms.CharField(
        label="Seme pubblico",
        max_length=200,
        required=False,
        help_text="Solo per il sorteggio ripetibile: i numeri estratti davanti ai presenti (dadi, lotto).",
    )
    presenti = forms.CharField(label="Presenti", widget=forms.Textarea(attrs={"rows": 2}))
    eseguito_il = IstanteField(avvenuto=True, label="Eseguito il")


class CollegamentoForm(forms.Form):
    lista = forms.IntegerField(widget=forms.Select)
    sindaco = forms.IntegerField(widget=forms.Select)
    parte = forms.ChoiceField(
        label="Chi dichiara",
        choices=[("delegati", "i delegati della lista"), ("sindaco", "il candidato ammesso al ballottaggio")],
    )
    dichiarante = forms.CharField(
        label="Nome di chi dichiara", max_length=200, widget=forms.TextInput(attrs={"list": "delegati"})
    )
    dichiarata_il = IstanteField(avvenuto=True, label="Dichiarata il")
