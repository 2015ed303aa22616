"""Forms of offices, nominations and fees."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.fonti import liste_in_corsa
from comuni.models import Elezione, Sezione
from comuni.moduli import CampoData
from seggi.compensi import read_quota
from seggi.idoneita import letters
from seggi.liquidazione import clean_codice_fiscale, clean_iban
from seggi.models import DatiPagamento, ImpostazioniCompensi, Iscritto, Nomina, Rappresentante, RuoloUfficio

MOTIVI = (
    ("", "scegli"),
    ("motivi di salute", "motivi di salute"),
    ("motivi di lavoro", "motivi di lavoro"),
    ("motivi familiari", "motivi familiari"),
    ("fuori sede nei giorni del voto", "fuori sede nei giorni del voto"),
    ("irreperibile", "irreperibile alla notifica"),
    ("altro", "altro (scrivere sotto)"),
)
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
        choices=[(RuoloUfficio.SCRUTATORE, "scrutatori"), (RuoloUfficio.PRESIDENTE, "presidenti")]
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


class AvvisoForm(forms.Form):
    data = CampoData(label="Giorno della seduta")
    ora = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    luogo = forms.CharField(max_length=200, help_text="Sala e indirizzo.")


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


class SoloMotivoForm(forms.Form):
    motivo = forms.CharField(max_length=200)


class AzioneNomineForm(forms.Form):
    """What to do with the chosen nominations."""

    azione = forms.ChoiceField(
        choices=[("notifica", "Segna notificate"), ("accetta", "Segna accettate"), ("lettere", "Lettere")]
    )
    modo = forms.ChoiceField(choices=Nomina.Notifica.choices, required=False)
    quando = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M"])

    def clean_quando(self):
        quando = self.cleaned_data["quando"]
        if quando and quando > timezone.now():
            raise ValidationError("La notifica non può essere nel futuro.")
        return quando


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


class RappresentanteForm(forms.ModelForm):
    class Meta:
        model = Rappresentante
        fields = ["sezione", "lista", "qualita", "cognome", "nome", "data_nascita", "elettore", "modo"]
        widgets = {"data_nascita": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.elezione = elezione
        self.fields["sezione"].queryset = Sezione.objects.di(elezione).order_by("numero")
        self.fields["sezione"].empty_label = "ufficio centrale o adunanza dei presidenti"
        liste = liste_in_corsa(elezione)
        if liste:
            self.fields["lista"] = forms.ChoiceField(choices=[(nome, nome) for nome in liste])

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


class SceltaEtaForm(forms.Form):
    """The doubtful point on the age: all the roles (the law) or only the presidente."""

    eta = forms.ChoiceField(
        label="Oltre i 70 anni sono esclusi",
        choices=[
            ("tutti", "presidente, scrutatori e segretario (art. 23 TU)"),
            ("presidente", "solo il presidente (tabella ministeriale del 2021)"),
        ],
    )


class ChiudiLiquidazioneForm(forms.Form):
    determina = forms.CharField(max_length=120, label="Determina", help_text="Numero, per esempio 214.")
    data = CampoData(label="Data della determina")
