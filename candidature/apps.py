"""Configuration of the app and its pages in the navigation."""

from django.apps import AppConfig


class CandidatureConfig(AppConfig):
    name = "candidature"
    verbose_name = "Candidature"

    def ready(self) -> None:
        from candidature import fonti, pannelli
        from candidature.fascicolo import SOTTOSCRITTORI
        from candidature.schermate import SCHERMATE
        from comuni.fascicolo import register_file
        from comuni.fatti import register_fatti
        from comuni.fonti import register_impegnati, register_liste, register_scheda
        from comuni.pannelli import register_pannello
        from comuni.schermate import register_schermate
        from electoral.navigazione import Fase, Voce, register_voce
        from electoral.permessi import Azione

        register_schermate(SCHERMATE)
        vedere = Azione.VEDERE_CANDIDATURE
        for ordine, (titolo, nome, azione) in enumerate(
            [
                ("Liste e candidati", "quadro", vedere),
                ("Ricevi una lista", "ricevi", Azione.INSERIRE_CANDIDATURE),
                ("Esame", "esame", vedere),
                ("Ritiri, rinunce e decessi", "sopravvenienze", vedere),
                ("Sorteggio", "sorteggio", vedere),
                ("Documenti", "documenti", vedere),
                ("Elezioni trasparenti", "trasparenza", vedere),
                ("Collegamenti", "collegamenti", vedere),
                ("Letture dei sottoscrittori", "letture", Azione.GESTIRE_UTENTI),
            ]
        ):
            register_voce(Voce(Fase.CANDIDATURE, titolo, f"candidature:{nome}", azione, 10 + ordine))
        register_pannello("candidature", azione=vedere, ordine=20, fonte=pannelli.pannello_candidature)
        register_fatti("candidature", azione=vedere, fonte=pannelli.fatti_candidature)
        register_file(SOTTOSCRITTORI)
        register_impegnati("candidati", fonti.candidati)
        register_liste(fonti.liste)
        register_scheda(fonti.scheda)
