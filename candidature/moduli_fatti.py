"""Forms of what the office and the commissione ascertain: papers, requirements, data of a list, corrections.

What was filed (names, births, the hour) is read-only once the list is frozen: it changes by a correction.
"""

from django import forms

from candidature.models import Candidato, CandidatoSindaco, Lista, Sopravvenienza, Sottoscrizione
from candidature.moduli import CodiceFiscaleField, GiornoField, IstanteField, PersonaVeloce
from candidature.presentazione import CAMPI_LISTA, CAMPI_PERSONA
from electoral.caricamenti import check_file

MASSIMO_PDF_MB = 10
REQUISITI = ["incandidabile", "altri_comuni", "ineleggibilita", "nota_documenti"]
CARTE_UE = ["dichiarazione_ue", "attestato_ue", "attestato_ue_del", "lista_aggiunta"]
CAMPI_CONGELATI = {*CAMPI_PERSONA, *CAMPI_LISTA, "presentata_il"}


class PdfField(forms.FileField):
    """A PDF of at most 10 MB, looked at by its first bytes."""

    def __init__(self, **kwargs) -> None:
        widget = forms.FileInput(attrs={"accept": "application/pdf"})
        super().__init__(required=False, widget=widget, help_text="PDF, al massimo 10 MB.", **kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if data and file is not initial:
            check_file(file, massimo_mb=MASSIMO_PDF_MB, tipi=["PDF"])
        return file


class _Congelabile(forms.ModelForm):
    """Fields of what was filed are shown but do not change after the freezing."""

    def __init__(self, *args, congelata: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for nome, campo in self.fields.items():
            campo.disabled = congelata and nome in CAMPI_CONGELATI


class FattiCandidatoForm(_Congelabile, PersonaVeloce):
    attestato_ue_del = GiornoField(
        label="Attestato rilasciato il",
        required=False,
        help_text="Il giorno scritto sull'attestato: si confronta con quello della presentazione.",
    )

    class Meta:
        model = Candidato
        fields = [
            *CAMPI_PERSONA,
            "accettazione",
            "iscrizione",
            *CARTE_UE,
            "consigliere_altrove",
            *REQUISITI,
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_cittadino_ue:
            for nome in CARTE_UE:
                del self.fields[nome]


class FattiSindacoForm(_Congelabile, PersonaVeloce):
    programma = PdfField(label="Programma amministrativo")

    class Meta:
        model = CandidatoSindaco
        fields = [
            *CAMPI_PERSONA,
            "accettazione",
            "iscrizione",
            "candidatura_unica",
            "mandati",
            "mandato_breve",
            "consigliere_altrove",
            *REQUISITI,
            "programma",
        ]


class DatiListaForm(_Congelabile):
    presentata_il = IstanteField(avvenuto=True, label="Presentata il (giorno e ora della consegna)")

    class Meta:
        model = Lista
        fields = [
            "denominazione",
            "presentata_il",
            "presentata_da",
            "firme_dichiarate",
            "firme_accertate",
            "contrassegno_descrizione",
            "esemplari_contrassegno",
            "supporto_digitale",
            "simbolo_di_partito",
            "simbolo_religioso",
        ]
        widgets = {"contrassegno_descrizione": forms.Textarea(attrs={"rows": 2})}


class FirmaAccertataForm(forms.ModelForm):
    """What makes a signature count; who signed does not change here."""

    firmata_il = GiornoField(label="Firmata il", required=False)

    class Meta:
        model = Sottoscrizione
        fields = ["iscrizione", "firmata_il", "autenticata", "modulo_regolare"]


class MotivoMixin(forms.Form):
    motivo = forms.CharField(
        label="Motivo della rettifica",
        max_length=300,
        help_text="Resta scritto accanto alla versione presentata.",
    )


class CorreggiPersonaForm(PersonaVeloce, MotivoMixin):
    class Meta:
        model = Candidato
        fields = list(CAMPI_PERSONA)


class CorreggiSindacoForm(PersonaVeloce, MotivoMixin):
    class Meta:
        model = CandidatoSindaco
        fields = list(CAMPI_PERSONA)


class CorreggiListaForm(forms.ModelForm, MotivoMixin):
    presentata_il = IstanteField(avvenuto=True, label="Presentata il (giorno e ora della consegna)")

    class Meta:
        model = Lista
        fields = [*CAMPI_LISTA, "presentata_il"]
        widgets = {"contrassegno_descrizione": forms.Textarea(attrs={"rows": 2})}


class CandidatoDimenticatoForm(PersonaVeloce, MotivoMixin):
    """A name that is on the paper and was not typed."""

    numero = forms.IntegerField(label="Posizione nella lista", min_value=1, max_value=200)
    sposta = forms.BooleanField(
        label="Se la posizione è occupata, fai scendere di uno gli altri", required=False, initial=True
    )
    codice_fiscale = CodiceFiscaleField(required=False)

    field_order = ["numero", *CAMPI_PERSONA, "accettazione", "iscrizione", "sposta", "motivo"]

    class Meta:
        model = Candidato
        fields = [*CAMPI_PERSONA, "accettazione", "iscrizione"]


class TogliCandidatoForm(MotivoMixin):
    numero = forms.IntegerField(label="Candidato da togliere", widget=forms.Select)

    field_order = ["numero", "motivo"]

    def __init__(self, *args, lista: Lista, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numero"].widget.choices = [
            (c.numero, f"{c.numero}. {c}") for c in lista.candidati.order_by("numero")
        ]


class SopravvenienzaForm(forms.Form):
    """A withdrawal, a renunciation or a death, with the paper that says it."""

    tipo = forms.ChoiceField(label="Che cosa è accaduto", choices=Sopravvenienza.Tipo)
    chi = forms.ChoiceField(label="Di chi")
    avvenuta_il = IstanteField(avvenuto=True, label="Giorno e ora (della consegna, o del decesso)")
    presentata_da = forms.CharField(
        label="Chi porta la carta o comunica il fatto",
        max_length=200,
        help_text="Cognome e nome, e a che titolo: delegato, candidato, stato civile.",
    )
    atto = forms.CharField(
        label="Estremi della carta", max_length=300, help_text="Protocollo e data, oppure atto di morte."
    )
    autenticata = forms.BooleanField(
        label="La firma è autenticata, come quella dell'accettazione",
        required=False,
        help_text="Per ritiro e rinuncia.",
    )
    file = forms.FileField(
        label="Carta (PDF, JPEG, PNG o P7M, al massimo 15 MB)", required=False, widget=forms.FileInput()
    )

    def __init__(self, *args, elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        liste = list(Lista.objects.di(elezione).order_by("numero"))
        sindaci = CandidatoSindaco.objects.di(elezione).order_by("numero")
        candidati = Candidato.objects.di(elezione).select_related("lista").in_ordine()
        self._persone = {
            **{f"lista-{lista.pk}": lista for lista in liste},
            **{f"sindaco-{s.pk}": s for s in sindaci},
            **{f"candidato-{c.pk}": c for c in candidati},
        }
        self.fields["chi"].choices = [
            ("", "—"),
            ("Liste", [(f"lista-{lista.pk}", str(lista)) for lista in liste]),
            ("Candidati sindaco", [(f"sindaco-{s.pk}", str(s)) for s in sindaci]),
            *(
                (
                    f"Lista {lista}",
                    [
                        (f"candidato-{c.pk}", f"{c.numero}. {c} (lista {lista.numero})")
                        for c in candidati
                        if c.lista_id == lista.pk
                    ],
                )
                for lista in liste
            ),
        ]

    def fatto(self) -> dict:
        """What the domain records."""
        dati = {nome: valore for nome, valore in self.cleaned_data.items() if nome != "file"}
        return dati | {"chi": self._persone[dati["chi"]]}
