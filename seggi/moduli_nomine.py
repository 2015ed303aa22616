"""Forms of the nominations: why one leaves, who comes, what was done with the chosen people."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.models import Elezione
from comuni.moduli import CampoData
from seggi.liquidazione import clean_codice_fiscale
from seggi.models import Iscritto, Nomina, RuoloUfficio

MOTIVI = (
    ("", "scegli"),
    ("motivi di salute", "motivi di salute"),
    ("motivi di lavoro", "motivi di lavoro"),
    ("motivi familiari", "motivi familiari"),
    ("fuori sede nei giorni del voto", "fuori sede nei giorni del voto"),
    ("irreperibile", "irreperibile alla notifica"),
    ("altro", "altro (scrivere sotto)"),
)
RISERVE = "riserve"
METODI_COMMISSIONE = (
    (Nomina.Metodo.UNANIMITA, "unanimità della commissione"),
    (Nomina.Metodo.VOTO, "votazione della commissione (ogni membro un nome)"),
    (Nomina.Metodo.CORTE_APPELLO, "decreto del presidente della corte d'appello"),
    (Nomina.Metodo.SINDACO, "sindaco o suo delegato"),
)


class MotivoForm(forms.Form):
    """Why somebody leaves a post: chosen from the usual ones, or written."""

    motivo = forms.ChoiceField(choices=MOTIVI, label="Motivo")
    dettaglio = forms.CharField(max_length=250, required=False, label="Note sul motivo")

    def clean(self):
        dati = super().clean()
        if dati.get("motivo") == "altro" and not dati.get("dettaglio"):
            self.add_error("dettaglio", "Scrivere il motivo: resta nella storia del posto.")
        return dati

    @property
    def testo(self) -> str:
        dati = self.cleaned_data
        parti = [dati["motivo"] if dati["motivo"] != "altro" else "", dati["dettaglio"]]
        return ": ".join(filter(None, parti))


class CampoAlbo(forms.IntegerField):
    """A number of the register, read as the person who holds it."""

    def __init__(self, *, elezione: Elezione, albo: str, **kwargs) -> None:
        self.elezione, self.albo = elezione, albo
        super().__init__(min_value=1, **kwargs)

    def clean(self, value):
        numero = super().clean(value)
        if numero is None:
            return None
        return find_iscritto(self.elezione, albo=self.albo, numero=numero)


def find_iscritto(elezione: Elezione, *, albo: str, numero: int) -> Iscritto:
    iscritto = Iscritto.objects.filter(comune=elezione.comune, albo=albo, numero_albo=numero).first()
    if iscritto is None:
        raise ValidationError(
            f"Nell'albo non c'è il numero {numero}: cercare la persona nella pagina dell'albo."
        )
    return iscritto


def albo_del_ruolo(ruolo: str) -> str:
    return Iscritto.Albo.PRESIDENTI if ruolo == RuoloUfficio.PRESIDENTE else Iscritto.Albo.SCRUTATORI


class PersonaForm(forms.Form):
    """Who takes a post: by the number in the register, or a person outside it."""

    cognome = forms.CharField(max_length=120, required=False)
    nome = forms.CharField(max_length=120, required=False)
    data_nascita = CampoData(label="Data di nascita", required=False)
    codice_fiscale = forms.CharField(max_length=16, required=False, label="Codice fiscale")
    indirizzo = forms.CharField(max_length=200, required=False)
    telefono = forms.CharField(max_length=40, required=False)

    def __init__(self, *args, elezione: Elezione, ruolo: str, metodi, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        campi = {}
        if ruolo != RuoloUfficio.SEGRETARIO:
            campi["iscritto"] = CampoAlbo(
                elezione=elezione,
                albo=albo_del_ruolo(ruolo),
                required=False,
                label="Numero nell'albo",
                help_text="Se la persona è iscritta basta il numero; altrimenti cognome e nome.",
            )
        campi["metodo"] = forms.ChoiceField(choices=metodi, label="Chi ha nominato")
        self.fields = {**campi, **self.fields}

    def clean_codice_fiscale(self):
        codice = self.cleaned_data["codice_fiscale"]
        return clean_codice_fiscale(codice) if codice else ""

    def clean(self):
        dati = super().clean()
        if not dati.get("iscritto") and not self.errors and not (dati.get("cognome") and dati.get("nome")):
            raise ValidationError("Scrivere il numero nell'albo, oppure cognome e nome della persona.")
        return dati

    @property
    def chi(self) -> dict[str, object]:
        """``iscritto`` or ``persona``, as the domain functions take them."""
        dati = self.cleaned_data
        if dati.get("iscritto"):
            return {"iscritto": dati["iscritto"]}
        campi = ("cognome", "nome", "data_nascita", "codice_fiscale", "indirizzo", "telefono")
        return {"persona": {c: dati[c].upper() if c in ("cognome", "nome") else dati[c] for c in campi}}


class NomineInOrdineForm(forms.Form):
    """Nominations by unanimity or vote: numbers of the register, in the order of the posts."""

    ruolo = forms.ChoiceField(
        choices=[
            (RuoloUfficio.SCRUTATORE, "scrutatori"),
            (RuoloUfficio.PRESIDENTE, "presidenti"),
            (RISERVE, "riserve, nell'ordine della graduatoria"),
        ]
    )
    metodo = forms.ChoiceField(choices=METODI_COMMISSIONE, label="Chi ha nominato")
    numeri = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Numeri nell'albo",
        help_text="Uno per riga o separati da spazi: riempiono i posti scoperti dalla prima sezione in poi.",
    )

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.elezione = elezione

    def clean(self):
        dati = super().clean()
        parole = dati.get("numeri", "").replace(",", " ").replace(";", " ").split()
        if sbagliate := [p for p in parole if not (p.isascii() and p.isdecimal() and len(p) < 8)]:
            self.add_error("numeri", f"«{sbagliate[0]}» non è un numero dell'albo.")
            return dati
        if doppi := sorted({p for p in parole if parole.count(p) > 1}):
            self.add_error("numeri", f"Il numero {doppi[0]} è scritto due volte.")
            return dati
        try:
            albo = albo_del_ruolo(dati.get("ruolo"))
            dati["iscritti"] = [find_iscritto(self.elezione, albo=albo, numero=int(p)) for p in parole]
        except ValidationError as errore:
            self.add_error("numeri", errore)
        return dati


class SoloMotivoForm(forms.Form):
    motivo = forms.CharField(max_length=200)


class AzioneNomineForm(forms.Form):
    """What to do with the chosen nominations."""

    azione = forms.ChoiceField(
        choices=[
            ("notifica", "Segna notificate"),
            ("accetta", "Segna accettate"),
            ("lettere", "Lettere"),
            ("attestati", "Attestati di presenza"),
        ]
    )
    modo = forms.ChoiceField(choices=Nomina.Notifica.choices, required=False)
    quando = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M"])

    def clean_quando(self):
        quando = self.cleaned_data["quando"]
        if quando and quando > timezone.now():
            raise ValidationError("La notifica non può essere nel futuro.")
        return quando
