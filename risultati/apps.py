"""Configuration of the app."""

from django.apps import AppConfig


class RisultatiConfig(AppConfig):
    name = "risultati"
    verbose_name = "Risultati"

    def ready(self) -> None:
        from comuni.fonti import register_esito
        from comuni.schermate import register_schermate
        from electoral.navigazione import register_stato, register_voce
        from risultati import percorso, tasks  # noqa: F401  (register the kinds of job)
        from risultati.esito_noto import esito_noto
        from risultati.fascicolo import registro  # noqa: F401  (registers the files of the fascicolo)
        from risultati.schermate import SCHERMATE
        from risultati.stato_elezione import stato_dall_esito
        from risultati.voci_esito import VOCI_ESITO
        from risultati.voci_giornata import VOCI_GIORNATA

        register_stato(stato_dall_esito)
        register_esito(esito_noto)
        register_schermate(SCHERMATE)
        for voce in (*VOCI_ESITO, *VOCI_GIORNATA):
            register_voce(voce)
