"""Queries on allocations, draws, proclamations and what follows."""

from comuni.querysets import DiElezioneQuerySet, PerComuneQuerySet


class RipartoQuerySet(DiElezioneQuerySet):
    def corrente(self, elezione):
        """The last allocation asked for the election, or None."""
        return self.di(elezione).order_by("-eseguito_il", "-pk").first()


class SorteggioQuerySet(DiElezioneQuerySet):
    def validi(self):
        return self.filter(annullato=False)


class ProclamazioneQuerySet(DiElezioneQuerySet):
    def in_vigore(self):
        """Not reopened by a court decision."""
        return self.filter(riaperta_il__isnull=True)

    def dell_elezione(self, elezione):
        """The proclamation in force of the election, or None."""
        return self.in_vigore().di(elezione).select_related("riparto", "elezione__comune").first()


class SurrogaQuerySet(PerComuneQuerySet):
    percorso_comune = "proclamazione__elezione__comune"

    def valide(self):
        return self.filter(annullata=False)

    def annullate(self):
        return self.filter(annullata=True)

    def con_persone(self):
        return self.select_related("cessa_candidato__lista", "cessa_sindaco", "subentra__lista")

    def in_ordine(self):
        """As they follow one another, each on the council left by the others."""
        return self.order_by("data", "pk")

    def ultima_valida(self):
        """The last event that counts, or None."""
        return self.valide().con_persone().order_by("-data", "-pk").first()


class AssessoreQuerySet(PerComuneQuerySet):
    percorso_comune = "proclamazione__elezione__comune"

    def con_le_persone(self):
        """With the persons of the council and their lists, in one query."""
        return self.select_related("candidato__lista", "sindaco")

    def in_carica(self):
        """Not ceased."""
        return self.filter(cessato_il__isnull=True)
