"""Queries on registers, offices, nominations and fees."""

from django.db.models import Count, ExpressionWrapper, F, Func, IntegerField, Q

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


ATTIVI = ("nominato", "notificato", "accettato")
POSTI = {"presidente": F("presidenti"), "scrutatore": F("scrutatori"), "segretario": F("segretari")}


class UfficioQuerySet(DiUfficioQuerySet):
    percorso_comune = "sezione__elezione__comune"
    percorso_elezione = "sezione__elezione"

    def con_conti(self, *, ruolo: str = ""):
        """With ``posti``, ``coperti`` and ``scoperti`` (of one role, or of all), counted by the database."""
        attive = Q(nomine__stato__in=ATTIVI)
        di_ruolo = attive & Q(nomine__ruolo=ruolo) if ruolo else attive
        posti = POSTI[ruolo] if ruolo else F("presidenti") + F("scrutatori") + F("segretari")
        return self.annotate(
            posti_previsti=ExpressionWrapper(posti, output_field=IntegerField()),
            coperti=Count("nomine", filter=di_ruolo),
            da_notificare=Count("nomine", filter=Q(nomine__stato="nominato")),
            in_carica=Count("nomine", filter=attive),
            guide=Count("nomine", filter=attive & (Q(nomine__ruolo="presidente") | Q(nomine__vice=True))),
            scoperti=ExpressionWrapper(F("posti_previsti") - F("coperti"), output_field=IntegerField()),
        )

    def con_posti(self):
        """Those with posts of their own: not the seggi volanti."""
        return self.filter(scrutatori__gt=0)


class NominaQuerySet(DiUfficioQuerySet):
    def attive(self):
        """Those who hold their post now."""
        return self.filter(stato__in=ATTIVI)

    def da_notificare(self):
        return self.filter(stato="nominato")

    def per_lettere(self):
        """With all that a letter says, in the order in which letters are handed out."""
        con_sezioni = self.select_related("ufficio__sezione__sezione_madre", "sostituisce")
        return con_sezioni.order_by("ufficio__sezione__numero", "ruolo", "posizione")


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


class VotoNominaQuerySet(PerComuneQuerySet):
    percorso_comune = "seduta__elezione__comune"


class LuogoQuerySet(DiElezioneQuerySet):
    pass


class VoceMaterialeQuerySet(DiElezioneQuerySet):
    pass


class SorteggioVolanteQuerySet(DiUfficioQuerySet):
    pass
