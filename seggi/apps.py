"""Configuration of the app."""

from django.apps import AppConfig


class SeggiConfig(AppConfig):
    name = "seggi"
    verbose_name = "Uffici di sezione"

    def ready(self) -> None:
        from comuni.fascicolo import register_file
        from comuni.fatti import register_fatti
        from comuni.fonti import register_impegnati
        from comuni.pannelli import register_pannello
        from comuni.schermate import register_schermate
        from electoral.navigazione import Fase, Voce, register_voce
        from electoral.permessi import Azione
        from seggi import fonti, pannelli
        from seggi.fascicolo import FILES
        from seggi.schermate import SCHERMATE

        register_schermate(SCHERMATE)
        register_impegnati("componenti", fonti.componenti)
        register_impegnati("rappresentanti", fonti.rappresentanti)
        for file in FILES:
            register_file(file)
        vedere, seggi = Azione.VEDERE_UFFICI, Fase.SEGGI
        register_voce(Voce(seggi, "Uffici", "seggi:quadro", vedere, 0))
        register_voce(Voce(seggi, "Albi", "seggi:albi", vedere, 10))
        register_voce(Voce(seggi, "Sorteggio", "seggi:sorteggio", vedere, 20))
        register_voce(Voce(seggi, "Nomine e notifiche", "seggi:nomine", vedere, 30))
        register_voce(Voce(seggi, "Rappresentanti di lista", "seggi:rappresentanti", vedere, 40))
        register_voce(Voce(seggi, "Insediamento", "seggi:tabellone_insediamento", vedere, 45))
        register_voce(Voce(seggi, "Materiale", "seggi:materiale", vedere, 50))
        register_voce(Voce(seggi, "Compensi", "seggi:compensi", Azione.VEDERE_COMPENSI, 60))
        register_pannello("posti_scoperti", azione=vedere, ordine=30, fonte=pannelli.pannello_posti_scoperti)
        register_pannello("compensi", azione=Azione.LIQUIDARE, ordine=40, fonte=pannelli.pannello_compensi)
        register_fatti("seggi", azione=vedere, fonte=pannelli.fatti_seggi)
