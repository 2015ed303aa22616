"""Forms of the outcome: draw, proclamation, readings of the law, events of candidates."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone

from candidature.models import Candidato
from comuni.models import Elezione
from comuni.parole_data import data_estesa
from norme.riparto.interpretazioni import PUNTI
from risultati.errori_sezioni import ErroriAperti
from risultati.letture import clean_opzioni, scelte_correnti
from risultati.models import Sorteggio, Vicenda

GIORNO = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
#: Clocks differ by some minutes between the room and the server.
TOLLERANZA = timedelta(minutes=10)
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
    """Who proclaims, when, how the sitting went, and why each warning does not stop."""

    presidente = forms.CharField(label="Presidente dell'ufficio che proclama", max_length=200)
    segretario = forms.CharField(label="Segretario", max_length=200, required=False)
    luogo = forms.CharField(
        label="Luogo", max_length=200, required=False, help_text="Per esempio «la sala consiliare»."
    )
    componenti = forms.CharField(
        label="Componenti presenti",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Uno per riga: firmano il verbale.",
    )
    giorno = forms.DateField(label="Giorno della seduta", widget=GIORNO)
    aperta_alle = forms.TimeField(label="Aperta alle", widget=ORA)
    ora = forms.TimeField(label="Proclamazione alle", widget=ORA)
    giorno_proclamazione = forms.DateField(
        label="Giorno della proclamazione, se diverso", widget=GIORNO, required=False
    )
    incidenti = forms.CharField(
        label="Incidenti, proteste, reclami e che cosa si è deciso",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il verbale li riporta; vuoto se non ce ne sono.",
    )
    incandidabilita_riesaminata = forms.BooleanField(
        label="L'ufficio ha riesaminato l'incandidabilità di chi sta per proclamare",
        help_text="Art. 12 c. 4 d.lgs. 235/2012. Chi risulta incandidabile si registra prima fra le vicende "
        "dei candidati.",
    )

    def __init__(
        self,
        *args,
        avvisi: list[dict],
        errori: ErroriAperti | None = None,
        dal: date | None = None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.avvisi, self.errori, self.dal = avvisi, errori, dal
        for avviso in avvisi:
            self.fields[f"motivo_{avviso['codice']}"] = forms.CharField(
                label=f"{avviso['codice']} · {avviso['titolo']}: perché si procede",
                help_text=avviso["testo"],
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        if errori:
            self._ask_motivo_errori(errori)
        self.fields["conferma"] = forms.BooleanField(
            label="Le cifre dell'ufficio coincidono con quelle di questa pagina"
        )

    def _ask_motivo_errori(self, errori: ErroriAperti) -> None:
        self.fields["motivo_errori"] = forms.CharField(
            label="Errori aperti delle sezioni: perché si procede lo stesso",
            help_text="; ".join(f"{voce['codice']}: {voce['dove']}" for voce in errori.per_codice)
            + ". Il verbale riporta codici, sezioni e motivo.",
            max_length=2000,
            error_messages={"required": errori.frase},
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean_motivo_errori(self) -> str:
        """The reason counts for the errors one has read, not for those born in the meanwhile."""
        if self.data.get("errori_visti") != self.errori.impronta:
            raise forms.ValidationError(
                "Gli errori aperti delle sezioni sono cambiati mentre la pagina era aperta: "
                "rileggi l'elenco, poi conferma il motivo."
            )
        return self.cleaned_data["motivo_errori"]

    def clean(self) -> dict:
        dati = super().clean()
        giorno, aperta, ora = (dati.get(nome) for nome in ("giorno", "aperta_alle", "ora"))
        if not (giorno and aperta and ora):
            return dati
        dati["aperta_il"] = timezone.make_aware(datetime.combine(giorno, aperta))
        fine = dati.get("giorno_proclamazione") or giorno
        dati["proclamata_il"] = timezone.make_aware(datetime.combine(fine, ora))
        if self.dal and giorno < self.dal:
            self.add_error(
                "giorno", f"La seduta non può essere prima del {self.dal:%d/%m/%Y}, fine del voto."
            )
        if dati["proclamata_il"] < dati["aperta_il"]:
            self.add_error("ora", "La proclamazione non può essere prima dell'apertura della seduta.")
        if dati["proclamata_il"] > timezone.now() + TOLLERANZA:
            self.add_error("ora", "La proclamazione non può essere futura: si registra quando è avvenuta.")
        return dati

    def motivi(self) -> dict[str, str]:
        return {a["codice"]: self.cleaned_data[f"motivo_{a['codice']}"] for a in self.avvisi}

    def seduta(self) -> dict:
        """How the sitting went, as the verbale tells it."""
        dati = self.cleaned_data
        return {
            "aperta_il": data_estesa(dati["giorno"]),
            "aperta_alle": f"{dati['aperta_alle']:%H:%M}",
            "luogo": dati["luogo"],
            "segretario": dati["segretario"],
            "componenti": [riga.strip() for riga in dati["componenti"].splitlines() if riga.strip()],
            "incidenti": dati["incidenti"].strip(),
            "incandidabilita_riesaminata": dati["incandidabilita_riesaminata"],
        }


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
        if dati.get("data") and dati["data"] > timezone.localdate():
            self.add_error("data", "Il giorno è futuro: il fatto si registra quando è accaduto.")
        elif solo_sindaci and dati.get("data") and dati.get("persona"):
            self._refuse_before_candidature(dati)
        return dati

    def _refuse_before_candidature(self, dati: dict) -> None:
        """Who died or was prevented before his lists were filed was not a candidate: a slip of the date."""
        liste = self.elezione.liste.filter(sindaco__numero=dati["persona"][1:], presentata_il__isnull=False)
        prima = liste.order_by("presentata_il").values_list("presentata_il", flat=True).first()
        giorno = timezone.localdate(prima) if isinstance(prima, datetime) else prima
        if giorno and dati["data"] < giorno:
            self.add_error(
                "data",
                f"Le sue liste sono state presentate il {giorno:%d/%m/%Y}: il fatto non può essere prima. "
                "Ricontrolla la data sull'atto.",
            )

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
