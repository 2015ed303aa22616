"""One row of any model inside a given comune, made by looking at its fields; for tests that walk models."""

from datetime import date, datetime, time
from decimal import Decimal

from django.db import models
from django.utils import timezone

from candidature.models import CandidatoSindaco, Documento, Lista
from comuni.models import Appartenenza, Comune, Elezione
from electoral.models import Utente
from tests.factories import AppartenenzaFactory, ElezioneFactory, UtenteFactory

VALORI = {
    models.CharField: "x",
    models.TextField: "x",
    models.IntegerField: 1,
    models.BooleanField: False,
    models.DateTimeField: datetime(2021, 10, 3, 12, tzinfo=timezone.get_fixed_timezone(120)),
    models.DateField: date(2021, 10, 3),
    models.TimeField: time(12),
    models.DecimalField: Decimal("1.00"),
    models.JSONField: dict,
    models.FileField: "prova.pdf",
    models.BinaryField: b"x",
}
# What a constraint of the table asks beyond the type of each field.
VALORI_PROPRI: dict[str, dict[str, object]] = {
    "candidature.Allegato": {"documento": Documento},
    "candidature.Decisione": {"lista": Lista},
    "candidature.Sopravvenienza": {"tipo": "ritiro", "lista": Lista},
    "risultati.Assessore": {"cognome": "x", "nome": "x", "data_nascita": date(1980, 1, 1)},
    "risultati.Riparto": {"tipo_esito": "riparto", "esito": {"turno": 1}},
    "risultati.Vicenda": {"sindaco": CandidatoSindaco},
    "seggi.Luogo": {"posti_letto": 1},
}


class Righe:
    """Makes rows of one comune, each linked row once."""

    def __init__(self, comune: Comune) -> None:
        self.comune = comune
        self.fatte: dict[type[models.Model], models.Model] = {Comune: comune}

    def riga(self, modello: type[models.Model]) -> models.Model:
        if modello not in self.fatte:
            self.fatte[modello] = self._make(modello)
        return self.fatte[modello]

    def _make(self, modello: type[models.Model]) -> models.Model:
        if modello is Elezione:
            return ElezioneFactory(comune=self.comune)
        if modello is Utente:
            return UtenteFactory()
        if modello is Appartenenza:
            return AppartenenzaFactory(comune=self.comune)
        oggetto = modello(
            **{c.name: self._valore(c) for c in modello._meta.concrete_fields if self._serve(c)}
        )
        for nome, valore in VALORI_PROPRI.get(modello._meta.label, {}).items():
            setattr(oggetto, nome, self.riga(valore) if isinstance(valore, type) else valore)
        try:
            return modello._default_manager.bulk_create([oggetto])[0]
        except Exception as errore:
            errore.add_note(f"completare VALORI_PROPRI['{modello._meta.label}'] in tests/righe.py")
            raise

    def _serve(self, campo: models.Field) -> bool:
        return not (campo.null or campo.has_default() or campo.primary_key or campo.blank)

    def _valore(self, campo: models.Field) -> object:
        if campo.is_relation:
            return self.riga(campo.related_model)
        if campo.choices:
            return campo.flatchoices[0][0]
        valore = next(v for tipo, v in VALORI.items() if isinstance(campo, tipo))
        if isinstance(valore, str) and campo.unique:
            return f"x{self.comune.pk}"
        return valore() if valore is dict else valore
