"""Forms of the outcome: draw, proclamation, readings of the law, events of candidates."""

from datetime import datetime

from django import forms
from django.utils import timezone

from candidature.models import Candidato
from comuni.models import Elezione
from norme.riparto.interpretazioni import PUNTI
from risultati.letture import clean_opzioni, scelte_correnti
from risultati.models import Sorteggio, Vicenda

GIORNO = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ORA = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SorteggioForm(forms.Form):
    """The outcome of a public draw."""

    esito = forms.ChoiceField(label="Sorteggiato", widget=forms.RadioSelect)
    modalita = forms.ChoiceField(label="Come si è sorteggiato", choices=Sorteggio.Modalita)
    seme = forms.CharField(
        label="Seme pubblico", required=False, help_text="Solo per il sorteggio ripetibile."
    )
    presenti = forms.CharField(
        label="Presenti",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chi ha assistito, con la qualità.",
    )
    giorno = forms.DateField(label="Giorno", widget=GIORNO)
    ora = forms.TimeField(label="Ora", widget=ORA)

    def __init__(self, *args, contendenti: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["esito"].choices = list(contendenti.items())

    def clean(self) -> dict:
        dati = super().clean()
        if dati.get("modalita") == Sorteggio.Modalita.RIPETIBILE and not dati.get("seme"):
            self.add_error("seme", "Il sorteggio ripetibile ha bisogno del suo seme.")
        if dati.get("giorno") and dati.get("ora"):
            dati["eseguito_il"] = timezone.make_aware(datetime.combine(dati["giorno"], dati["ora"]))
        return dati


class MotivoForm(forms.Form):
    motivo = forms.CharField(label="Motivo", widget=forms.Textarea(attrs={"rows": 2}))


class ProclamazioneForm(forms.Form):
    """Who proclaims, and why each warning does not stop."""

    presidente = forms.CharField(label="Presidente dell'ufficio che proclama", max_length=200)

    def __init__(self, *args, avvisi: list[dict], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.avvisi = avvisi
        for avviso in avvisi:
            self.fields[f"motivo_{avviso['codice']}"] = forms.CharField(
                label=f"{avviso['codice']} · {avviso['titolo']}: perché si procede",
                help_text=avviso["testo"],
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["conferma"] = forms.BooleanField(
            label="Le cifre dell'ufficio coincidono con quelle di questa pagina"
        )

    def motivi(self) -> dict[str, str]:
        return {a["codice"]: self.cleaned_data[f"motivo_{a['codice']}"] for a in self.avvisi}


class RiaperturaForm(forms.Form):
    decisione = forms.CharField(
        label="Decisione del giudice",
        max_length=300,
        help_text="Giudice, numero e data: per esempio «TAR Marche, sez. I, n. 794 del 3 ottobre 2024».",
    )


class LettureForm(forms.Form):
    """The reading adopted on each doubtful point of the law."""

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, initial=scelte_correnti(elezione.interpretazioni), **kwargs)
        for nome, punto in PUNTI.items():
            self.fields[nome] = forms.ChoiceField(
                label=punto.titolo,
                choices=list(punto.valori.items()),
                help_text=f"{punto.articolo}. {punto.ragione}",
            )

    def opzioni(self) -> dict:
        return clean_opzioni(self.cleaned_data)


class VicendaForm(forms.Form):
    """Something that happened to a candidate, with the paper that proves it."""

    tipo = forms.ChoiceField(label="Che cosa", choices=Vicenda.Tipo)
    persona = forms.ChoiceField(label="Candidato")
    data = forms.DateField(label="Giorno del fatto o dell'atto", widget=GIORNO)
    atto = forms.CharField(label="Atto che lo prova, o chi lo ha denunciato", max_length=300)

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.elezione = elezione
        sindaci = [(f"s{s.numero}", str(s)) for s in elezione.candidati_sindaco.in_corsa()]
        candidati = [
            (f"c{c.pk}", f"{c} (lista {c.lista.numero}, n. {c.numero})")
            for c in Candidato.objects.filter(lista__elezione=elezione).select_related("lista")
        ]
        self.fields["persona"].choices = [
            ("", "—"),
            ("Candidati sindaco", sindaci),
            ("Candidati consiglieri", candidati),
        ]

    def clean(self) -> dict:
        dati = super().clean()
        solo_sindaci = dati.get("tipo") in (Vicenda.Tipo.MORTE, Vicenda.Tipo.IMPEDIMENTO)
        if solo_sindaci and dati.get("persona", "").startswith("c"):
            self.add_error("persona", "Questo fatto conta solo per un candidato sindaco.")
        return dati

    def save(self, *, by) -> Vicenda:
        persona = self.cleaned_data["persona"]
        chi = (
            {"sindaco": self.elezione.candidati_sindaco.get(numero=persona[1:])}
            if persona[0] == "s"
            else {"candidato_id": int(persona[1:])}
        )
        return Vicenda.objects.create(
            elezione=self.elezione,
            tipo=self.cleaned_data["tipo"],
            data=self.cleaned_data["data"],
            atto=self.cleaned_data["atto"],
            registrata_da=by,
            **chi,
        )
