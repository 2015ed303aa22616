"""Queries on registers, offices, nominations and fees."""

from django.db.models import F, Func, IntegerField

from comuni.querysets import DiElezioneQuerySet, PerComuneQuerySet


class IscrittoQuerySet(PerComuneQuerySet):
    def iscritti(self):
        """Not cancelled."""
        return self.filter(cancellato_il__isnull=True)

    def dell_albo(self, albo: str):
        return self.filter(albo=albo)


class DiUfficioQuerySet(PerComuneQuerySet):
    percorso_comune = "ufficio__sezione__elezione__comune"
    percorso_elezione = "ufficio__sezione__elezione"

    def di(self, elezione):
        return self.filter(**{self.percorso_elezione: elezione})


class UfficioQuerySet(DiUfficioQuerySet):
    percorso_comune = "sezione__elezione__comune"
    percorso_elezione = "sezione__elezione"


class NominaQuerySet(DiUfficioQuerySet):
    def attive(self):
        """Those who hold their post now."""
        return self.filter(stato__in=["nominato", "notificato", "accettato"])

    def da_notificare(self):
        return self.filter(stato="nominato")


class RappresentanteQuerySet(DiElezioneQuerySet):
    pass


class SorteggioScrutatoriQuerySet(DiElezioneQuerySet):
    def valido(self, elezione):
        """The draw in use for the election, or None; its roll stays in the database until it is needed."""
        return self.filter(elezione=elezione, annullato_il__isnull=True).defer("elenco").first()

    def con_nomi(self):
        """With the number of names of the roll, counted by the database."""
        conto = Func(F("elenco"), function="jsonb_array_length", output_field=IntegerField())
        return self.defer("elenco").annotate(nomi=conto)


class PostoGraduatoriaQuerySet(DiElezioneQuerySet):
    def disponibili(self):
        return self.filter(stato="disponibile")


class LiquidazioneQuerySet(DiElezioneQuerySet):
    pass


class CompensoQuerySet(DiUfficioQuerySet):
    percorso_comune = "nomina__ufficio__sezione__elezione__comune"
    percorso_elezione = "nomina__ufficio__sezione__elezione"

    def da_liquidare(self):
        return self.filter(liquidazione__isnull=True)


class SedutaNominaQuerySet(DiElezioneQuerySet):
    pass


class LuogoQuerySet(DiElezioneQuerySet):
    pass


class VoceMaterialeQuerySet(DiElezioneQuerySet):
    pass
