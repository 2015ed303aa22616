"""Queries on candidatures."""

from comuni.querysets import DiElezioneQuerySet, PerComuneQuerySet


class CandidatoSindacoQuerySet(DiElezioneQuerySet):
    def in_corsa(self):
        """Not excluded and not withdrawn: those on the ballot."""
        return self.exclude(stato__in=["escluso", "ritirato"])


class ListaQuerySet(DiElezioneQuerySet):
    def in_corsa(self):
        """Not refused and not withdrawn: those on the ballot."""
        return self.exclude(stato__in=["ricusata", "ritirata"])


class CandidatoQuerySet(PerComuneQuerySet):
    percorso_comune = "lista__elezione__comune"

    def in_corsa(self):
        return self.exclude(stato="escluso")
