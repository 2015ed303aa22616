"""Configuration of the app."""

from django.apps import AppConfig


class RisultatiConfig(AppConfig):
    name = "risultati"
    verbose_name = "Risultati"

    def ready(self) -> None:
        from comuni.fatti import register_fatti
        from comuni.fonti import register_esito, register_finalisti, register_note_atti
        from comuni.pannelli import register_pannello
        from comuni.schermate import register_schermate
        from electoral.navigazione import Fase, Voce, register_stato, register_voce
        from electoral.permessi import Azione
        from risultati import caricamento_fascicolo, pannelli, percorso, tasks  # noqa: F401  (register the kinds of job)
        from risultati.annullo_surroga import atti_annullati
        from risultati.ballottaggio import finalisti
        from risultati.esito_noto import esito_noto
        from risultati.fascicolo import registro  # noqa: F401  (registers the files of the fascicolo)
        from risultati.schermate import SCHERMATE
        from risultati.stato_elezione import stato_dall_esito, stato_dello_scrutinio
        from risultati.voci_esito import VOCI_ESITO
        from risultati.voci_giornata import VOCI_GIORNATA

        register_stato(stato_dello_scrutinio)
        register_stato(stato_dall_esito)
        register_esito(esito_noto)
        register_finalisti(finalisti)
        register_note_atti(atti_annullati)
        preparare = Azione.PREPARARE_ELEZIONE
        register_voce(Voce(Fase.PREPARAZIONE, "Fascicolo e file", "fascicolo", preparare, 95))
        register_schermate(SCHERMATE)
        for voce in (*VOCI_ESITO, *VOCI_GIORNATA):
            register_voce(voce)
        risultati = Azione.VEDERE_RISULTATI
        register_pannello("scrutinio", azione=risultati, ordine=5, fonte=pannelli.pannello_scrutinio)
        register_pannello("affluenza", azione=risultati, ordine=4, fonte=pannelli.pannello_affluenza)
        register_pannello("esito", azione=risultati, ordine=10, fonte=pannelli.pannello_esito)
        register_pannello(
            "mie_sezioni", azione=Azione.DIGITARE, ordine=3, fonte=pannelli.pannello_mie_sezioni
        )
        register_fatti("risultati", azione=risultati, fonte=pannelli.fatti_risultati)
