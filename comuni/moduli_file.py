"""Forms of the import of one file: which file into which election, then the confirmation."""

from django import forms
from django.core import signing
from import_export.forms import ConfirmImportForm, ImportForm

from comuni.caricamenti import SCADENZA
from comuni.models import Elezione
from electoral.permessi import Azione

MASSIMO_BYTE = 20 * 1024 * 1024
_SALE = "caricamento"


class _ConElezione(forms.Form):
    """Into which election the file goes: only those where this person may do it."""

    elezione = forms.ModelChoiceField(Elezione.objects.none(), to_field_name="slug", empty_label="Scegli…")

    def limit(self, utente, azioni: set[Azione]) -> None:
        elezioni = Elezione.objects.none()
        for azione in azioni:
            elezioni = elezioni | Elezione.objects.visibili_a(utente, azione)
        self.fields["elezione"].queryset = elezioni.select_related("comune").distinct()


class CaricaFileForm(_ConElezione, ImportForm):
    field_order = ["elezione", "resource", "import_file", "format"]

    def __init__(self, formats, resources, *, utente, **kwargs) -> None:
        super().__init__(formats, resources, **kwargs)
        self.risorse = resources
        self.limit(utente, {risorsa.file().azione for risorsa in resources})
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["format"].initial = "0"
        self.fields["resource"].label = "Che cosa contiene"
        self.fields["import_file"].label = "File (CSV o XLSX)"
        self.fields["import_file"].widget.attrs["accept"] = ".csv,.xlsx,.txt,text/csv"

    @property
    def media(self) -> forms.Media:
        return forms.Media()  # the one format needs no script to guess it

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > MASSIMO_BYTE:
            raise forms.ValidationError("Il file supera i 20 MB: dividilo o togli i fogli che non servono.")
        return file


class ConfermaFileForm(_ConElezione, ConfirmImportForm):
    """The confirmation carries a signed name: only who uploaded the file, and only for a day."""

    elezione = forms.ModelChoiceField(Elezione.objects.none(), to_field_name="slug", widget=forms.HiddenInput)

    def __init__(self, *args, utente, risorse, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.utente, self.quante = utente, len(risorse)
        self.limit(utente, {risorsa.file().azione for risorsa in risorse})

    def clean_format(self) -> str:
        return "0"  # the only one

    def clean_resource(self) -> str:
        scelta = self.cleaned_data["resource"] or "0"
        if scelta not in map(str, range(self.quante)):
            raise forms.ValidationError("Non si sa che cosa contiene il file: caricalo di nuovo.")
        return scelta

    def clean_import_file_name(self) -> str:
        return read_firma(self.cleaned_data["import_file_name"], self.utente)


def sign_nome(nome: str, utente) -> str:
    return signing.dumps([nome, utente.pk], salt=_SALE)


def read_firma(firma: str, utente) -> str:
    try:
        nome, pk = signing.loads(firma, salt=_SALE, max_age=SCADENZA.total_seconds())
    except signing.BadSignature:
        raise forms.ValidationError("Il caricamento è scaduto: carica di nuovo il file.") from None
    if pk != utente.pk:
        raise forms.ValidationError("Il file è stato caricato da un'altra persona.")
    return nome
