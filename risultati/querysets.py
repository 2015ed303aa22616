"""Queries on turnout, counts and outcomes."""

from comuni.querysets import DiElezioneQuerySet


class AffluenzaQuerySet(DiElezioneQuerySet):
    pass


class ScrutinioQuerySet(DiElezioneQuerySet):
    def definitivi(self):
        return self.filter(stato="definitivo")

    def delle_sezioni(self):
        return self.filter(sezione__isnull=False)
