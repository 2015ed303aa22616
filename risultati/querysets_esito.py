"""Queries on allocations, draws, proclamations and what follows."""

from comuni.querysets import DiElezioneQuerySet


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
