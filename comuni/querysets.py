"""Queries that read as sentences; every one that a person sees starts from ``visibili_a``."""

from django.db import models

from electoral.permessi import Azione, comuni_dove, ruoli_con

MOLTI = 50


class PerComuneQuerySet(models.QuerySet):
    """A queryset whose rows belong to a comune, reached by ``percorso_comune``."""

    percorso_comune = "comune"

    def visibili_a(self, utente, azione: Azione = Azione.VEDERE_ELEZIONE):
        """Rows of the comuni where the user may do it; an amministratore sees all."""
        comuni = comuni_dove(utente, azione)
        if comuni is None:
            return self
        if len(comuni) > MOLTI:  # a prefettura: the list stays in the database
            comuni = utente.appartenenze.filter(ruolo__in=ruoli_con(azione)).values("comune")
        return self.filter(**{f"{self.percorso_comune}__in": comuni})


class ComuneQuerySet(PerComuneQuerySet):
    percorso_comune = "pk"


class AppartenenzaQuerySet(PerComuneQuerySet):
    pass


class ElezioneQuerySet(PerComuneQuerySet):
    def apribili_da(self, utente):
        """Elections of the comuni where the user has any role at all."""
        if utente.is_superuser:
            return self
        return self.filter(comune__in=utente.appartenenze.values("comune"))

    def pubbliche(self):
        """Elections whose results may be shown to everybody; a rehearsal never is."""
        return self.filter(pubblicata=True, prova=False)


class DiElezioneQuerySet(PerComuneQuerySet):
    """Rows with a foreign key ``elezione``."""

    percorso_comune = "elezione__comune"

    def di(self, elezione):
        return self.filter(elezione=elezione)


class SezioneQuerySet(DiElezioneQuerySet):
    def con_risultati(self):
        """Sections that count: attached offices pour their ballots in the mother's box."""
        return self.filter(sezione_madre__isnull=True)


class CambioSedeQuerySet(PerComuneQuerySet):
    percorso_comune = "sezione__elezione__comune"


def atti_leggibili(utente) -> models.Q:
    """The condition on an act, or on an event of one, that the user's role in that comune comprises."""
    leggibili = models.Q(pk__in=[])
    for azione in Azione:
        comuni = comuni_dove(utente, azione)
        if comuni is None:
            return models.Q()
        if comuni:
            leggibili |= models.Q(azione=azione.value, elezione__comune__in=comuni)
    return leggibili


class AttoQuerySet(DiElezioneQuerySet):
    def leggibili_da(self, utente):
        """Acts whose own action the user's role in that comune comprises."""
        return self.filter(atti_leggibili(utente))

    def ultimo(self, tipo: str, oggetto: str = ""):
        return self.filter(tipo=tipo, oggetto=oggetto).order_by("-pk").first()

    def ultime_versioni(self, tipi):
        """The newest act of each object, of these kinds, the last produced first."""
        ultime = self.filter(tipo__in=tipi).order_by("tipo", "oggetto", "-pk").distinct("tipo", "oggetto")
        return self.filter(pk__in=ultime.values("pk")).defer("contesto").order_by("-pk")


class VersioneFirmataQuerySet(PerComuneQuerySet):
    percorso_comune = "atto__elezione__comune"
