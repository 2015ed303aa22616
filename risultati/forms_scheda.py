"""The marks seen on a ballot, as somebody reads them out on the phone: a form sent with GET."""

from functools import cached_property

from django import forms

from norme.tavola_applicata import TavolaApplicata
from norme.voto import Segni
from risultati.models import Turno
from risultati.schede_in_sezione import SchedaStampata

#: More than anyone may express: what is beyond the limit is judged too.
RIGHE = tuple(f"preferenza_{posto}" for posto in (1, 2, 3, 4))
SENZA_MASSIME = (
    "Quante preferenze si possono dare non è stato trovato nella legge che vale qui: si indica per"
    " sapere quali contano."
)


class Caselle(forms.TypedMultipleChoiceField):
    """Boxes that may all be ticked: the page draws them as on the ballot."""

    def __init__(self, nomi, *, che: str) -> None:
        errore = {"invalid_choice": f"%(value)s: non c'è {che} con questo numero sulla scheda."}
        scelte = [(numero, str(nome)) for numero, nome in nomi.items()]
        super().__init__(choices=scelte, coerce=int, required=False, error_messages=errore)


class SchedaForm(forms.Form):
    """Everything the rule of :mod:`norme.voto` takes at this round, and nothing it does not look at."""

    scritto = forms.TypedChoiceField(
        label="Nome del candidato sindaco scritto a mano",
        coerce=int,
        empty_value=None,
        required=False,
    )
    altri_segni = forms.BooleanField(
        label="Altri segni o scritte che non indicano nessuno, o fuori dai riquadri", required=False
    )
    riconoscibile = forms.BooleanField(
        label="Segni o scritte che fanno riconoscere in modo inoppugnabile l'elettore", required=False
    )
    non_ufficiale = forms.BooleanField(
        label="Scheda non ufficiale, o senza il bollo della sezione o la firma dello scrutatore",
        required=False,
    )

    def __init__(self, dati=None, *, scheda: SchedaStampata, tavola: TavolaApplicata) -> None:
        super().__init__(dati if self.is_asked(dati) else None)
        self.scheda, self.tavola = scheda, tavola
        self.fields["sindaco"] = Caselle(scheda.sindaci, che="un candidato sindaco")
        self.fields["lista"] = Caselle(scheda.liste, che="una lista")
        self.fields["scritto"].choices = [("", "no"), *scheda.sindaci.items()]
        if scheda.turno == Turno.PRIMO:
            self._add_preferenze()

    @classmethod
    def is_asked(cls, dati) -> bool:
        """Whether the address asks something: a ballot without marks is asked too (``vale``)."""
        nomi = {"vale", "sindaco", "lista", "massime", *RIGHE, *cls.base_fields}
        return bool(dati) and not nomi.isdisjoint(dati)

    def _add_preferenze(self) -> None:
        for posto, nome in enumerate(RIGHE, start=1):
            self.fields[nome] = forms.CharField(
                label=f"Preferenza {posto}",
                required=False,
                max_length=400,
                widget=forms.TextInput(attrs={"list": "candidati", "autocomplete": "off"}),
            )
        if self.tavola.massime is None:
            self.fields["massime"] = forms.TypedChoiceField(
                label="Preferenze ammesse",
                choices=[("", "non si sa"), (1, "una"), (2, "due")],
                coerce=int,
                empty_value=None,
                required=False,
                help_text=SENZA_MASSIME,
            )

    @property
    def preferenze(self) -> list[forms.BoundField]:
        return [self[nome] for nome in RIGHE if nome in self.fields]

    @property
    def altro(self) -> list[forms.BoundField]:
        return [self[nome] for nome in ("altri_segni", "riconoscibile", "non_ufficiale")]

    @cached_property
    def segnati(self) -> dict[str, set[int]]:
        """The boxes already ticked, also when the rest of the form is wrong."""
        nomi = {"sindaco": self.scheda.sindaci, "lista": self.scheda.liste}
        scritti = {nome: set(self[nome].value() or ()) for nome in nomi}
        return {nome: {n for n in numeri if str(n) in scritti[nome]} for nome, numeri in nomi.items()}

    def clean(self) -> dict[str, object]:
        dati = super().clean() or {}
        if "massime" in self.fields and not dati.get("massime") and any(dati.get(nome) for nome in RIGHE):
            self.add_error("massime", SENZA_MASSIME)
        return dati

    def segni(self) -> Segni:
        """The marks, once the form is valid."""
        dati = self.cleaned_data
        return Segni(
            sindaci=tuple(dati["sindaco"]),
            liste=tuple(dati["lista"]),
            preferenze=tuple(self.scheda.read_scritta(dati[nome]) for nome in RIGHE if dati.get(nome)),
            sindaco_scritto=dati["scritto"],
            ufficiale=not dati["non_ufficiale"],
            riconoscibile=dati["riconoscibile"],
            altri_segni=dati["altri_segni"],
        )
