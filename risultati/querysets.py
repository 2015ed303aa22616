"""Queries on turnout, counts and outcomes."""

from comuni.querysets import DiElezioneQuerySet, PerComuneQuerySet


class AffluenzaQuerySet(DiElezioneQuerySet):
    pass


class ScrutinioQuerySet(DiElezioneQuerySet):
    def definitivi(self):
        return self.filter(stato="definitivo")

    def delle_sezioni(self):
        return self.filter(sezione__isnull=False)


class DiScrutinioQuerySet(PerComuneQuerySet):
    """Votes, reached from the count they belong to."""

    percorso_comune = "scrutinio__elezione__comune"
