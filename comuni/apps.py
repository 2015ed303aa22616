"""Configuration of the app."""

from django.apps import AppConfig


class ComuniConfig(AppConfig):
    name = "comuni"
    verbose_name = "Comuni ed elezioni"

    def ready(self) -> None:
        from comuni import fatti, pannelli_ufficio
        from comuni.fatti import register_fatti
        from comuni.pannelli import register_pannello
        from comuni.schermate import register_schermate
        from comuni.schermate_ufficio import SCHERMATE
        from comuni.stato import stato_dal_calendario
        from electoral.navigazione import Fase, Voce, register_stato, register_voce
        from electoral.permessi import Azione

        register_stato(stato_dal_calendario)
        register_schermate(SCHERMATE)
        vedere, preparazione = Azione.VEDERE_ELEZIONE, Fase.PREPARAZIONE
        register_voce(Voce(preparazione, "Quadro", "comuni:elezione", vedere, 0))
        register_voce(Voce(preparazione, "Scadenzario", "comuni:scadenzario", vedere, 10))
        register_voce(Voce(preparazione, "Sezioni", "comuni:sezioni", vedere, 20))
        register_voce(
            Voce(preparazione, "Convocazione", "comuni:convocazione", Azione.PREPARARE_ELEZIONE, 30)
        )
        preparare = Azione.PREPARARE_ELEZIONE
        register_voce(Voce(preparazione, "Elettori", "comuni:elettori", preparare, 40))
        register_voce(Voce(preparazione, "Commissione", "comuni:commissione_comunale", preparare, 45))
        register_voce(Voce(preparazione, "Propaganda", "comuni:propaganda", preparare, 50))
        register_voce(Voce(preparazione, "Atti", "comuni:atti", vedere, 90))
        register_pannello("agenda", azione=vedere, ordine=0, fonte=pannelli_ufficio.pannello_agenda)
        register_pannello("fatti", azione=vedere, ordine=90, fonte=pannelli_ufficio.pannello_fatti)
        register_fatti("scadenze", azione=vedere, fonte=fatti.fatti_scadenze)
        register_fatti("atti", azione=vedere, fonte=fatti.fatti_atti)
        register_pannello(
            "completezza",
            azione=Azione.PREPARARE_ELEZIONE,
            ordine=1,
            fonte=pannelli_ufficio.pannello_completezza,
        )
