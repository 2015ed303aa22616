"""What is in doubt, for the prova di resistenza: ballots, sections to count again, sections to vote again."""

import re

from django import forms
from django.db.models import QuerySet

from comuni.models import Elezione
from risultati.models import Scrutinio, Turno

_PEZZO = re.compile(r"^(\d+)(?:\s*-\s*(\d+))?$")
INTERVALLO_MASSIMO = 3_000


class SezioniField(forms.CharField):
    """Numbers of sections as one says them: «3, 12, 40-45»."""

    def clean(self, value: str) -> list[int]:
        testo = super().clean(value)
        numeri: set[int] = set()
        for pezzo in filter(None, (p.strip() for p in testo.replace(";", ",").split(","))):
            trovato = _PEZZO.match(pezzo)
            if not trovato:
                raise forms.ValidationError(f"«{pezzo}» non è un numero di sezione: si scrive 3, 12, 40-45.")
            primo, ultimo = int(trovato[1]), int(trovato[2] or trovato[1])
            if ultimo < primo or ultimo - primo > INTERVALLO_MASSIMO:
                raise forms.ValidationError(f"L'intervallo «{pezzo}» non va bene: prima il numero minore.")
            numeri |= set(range(primo, ultimo + 1))
        return sorted(numeri)


class ResistenzaForm(forms.Form):
    """How many ballots are in doubt, and in which sections."""

    turno = forms.TypedChoiceField(
        label="Turno", choices=[(1, "primo turno"), (2, "ballottaggio")], coerce=int, initial=1
    )
    schede_contestate = forms.IntegerField(
        label="Schede contestate e non attribuite",
        min_value=0,
        max_value=100_000,
        help_text="Proposte quelle scritte nelle sezioni.",
    )
    sezioni_da_ricontare = SezioniField(
        label="Sezioni dubbie, da ricontare",
        required=False,
        help_text="Per esempio 3, 12, 40-45: i loro voti potrebbero essere annullati o passare ad altri.",
    )
    sezioni_da_rivotare = SezioniField(
        label="Sezioni mancanti o da rivotare",
        required=False,
        help_text="Possono votare tutti i loro elettori (artt. 77 e 79 d.P.R. 570/1960).",
    )
    voti_dubbi = forms.IntegerField(
        label="Altri voti contati, forse da annullare", min_value=0, max_value=100_000, initial=0
    )

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.elezione = elezione

    def clean(self) -> dict:
        dati = super().clean()
        esistenti = set(self.elezione.sezioni.con_risultati().values_list("numero", flat=True))
        for campo in ("sezioni_da_ricontare", "sezioni_da_rivotare"):
            ignote = [numero for numero in dati.get(campo) or () if numero not in esistenti]
            if ignote:
                self.add_error(campo, f"Non ci sono le sezioni {', '.join(map(str, ignote[:10]))}.")
        doppie = set(dati.get("sezioni_da_ricontare") or ()) & set(dati.get("sezioni_da_rivotare") or ())
        if doppie:
            self.add_error(
                "sezioni_da_rivotare",
                f"Anche fra quelle da ricontare: {', '.join(map(str, sorted(doppie)))}.",
            )
        if not self.errors:
            self._check_elettori(dati)
        return dati

    def _check_elettori(self, dati: dict) -> None:
        senza = [str(numero) for numero, quanti in self._elettori(dati).items() if quanti is None]
        if senza:
            self.add_error(
                "sezioni_da_rivotare",
                f"Non si sanno gli elettori delle sezioni {', '.join(senza)}: vanno scritti.",
            )

    def _elettori(self, dati: dict) -> dict[int, int | None]:
        """Electors of the sections to vote again: those of the count, else those of the section."""
        scritti = {s.sezione.numero: s.elettori for s in self._scrutini(dati, "sezioni_da_rivotare")}
        sezioni = self.elezione.sezioni.filter(numero__in=dati["sezioni_da_rivotare"])
        return {s.numero: s.elettori if scritti.get(s.numero) is None else scritti[s.numero] for s in sezioni}

    def _scrutini(self, dati: dict, campo: str) -> QuerySet[Scrutinio]:
        return (
            Scrutinio.objects.di(self.elezione)
            .filter(turno=dati["turno"], sezione__numero__in=dati[campo])
            .select_related("sezione")
        )

    def prova(self) -> dict:
        """The ballots in doubt as the engine counts them, and what they are made of."""
        dati = self.cleaned_data
        contati = [
            scrutinio.voti_validi or 0
            for campo in ("sezioni_da_ricontare", "sezioni_da_rivotare")
            for scrutinio in self._scrutini(dati, campo)
            if scrutinio.stato == Scrutinio.Stato.DEFINITIVO
        ]
        return {
            "turno": dati["turno"],
            "schede_contestate": dati["schede_contestate"],
            "sezioni_da_ricontare": dati["sezioni_da_ricontare"],
            "sezioni_da_rivotare": dati["sezioni_da_rivotare"],
            "elettori_sezioni_aperte": sum(self._elettori(dati).values()),
            "voti_dubbi": dati["voti_dubbi"] + sum(contati),
        }


def contestate_scritte(stati: dict) -> int:
    """The contested ballots written in the sections, in the last round begun."""
    iniziati = [stati[t] for t in (Turno.BALLOTTAGGIO, Turno.PRIMO) if stati[t].is_iniziato]
    return (iniziati[0].contestate_non_attribuite or 0) if iniziati else 0
