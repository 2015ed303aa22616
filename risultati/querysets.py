"""Queries on turnout, counts and outcomes."""

from django.db.models import Count, Q

from comuni.querysets import DiElezioneQuerySet, PerComuneQuerySet


class AffluenzaQuerySet(DiElezioneQuerySet):
    pass


class ScrutinioQuerySet(DiElezioneQuerySet):
    def definitivi(self):
        return self.filter(stato="definitivo")

    def con_ripartenze(self):
        """With its election and section, and how many times a reading was begun from an empty form."""
        da_capo = Q(passaggi__a__in=["attesa", "prima"])
        return self.select_related("sezione", "elezione__comune").annotate(
            ripartenze=Count("passaggi", filter=da_capo)
        )

    def delle_sezioni(self):
        return self.filter(sezione__isnull=False)

    def importati(self):
        """Definitive sections whose figures came from a file: nobody typed them."""
        return self.definitivi().delle_sezioni().filter(digitazioni__isnull=True)


class DiScrutinioQuerySet(PerComuneQuerySet):
    """Votes, reached from the count they belong to."""

    percorso_comune = "scrutinio__elezione__comune"


class RilievoSezioneQuerySet(DiScrutinioQuerySet):
    def aperti(self):
        """Of definitive sections, and nobody has said why the figure stays: they came from a file."""
        return self.filter(scrutinio__stato="definitivo", deciso_il=None)

    def errori(self):
        return self.filter(codice__startswith="E")

    def sezioni_per_turno(self, elezione) -> dict[int, tuple[int, int]]:
        """By round: sections with an error, sections with any finding."""
        righe = (
            self.filter(scrutinio__elezione=elezione)
            .order_by()
            .values_list("scrutinio__turno")
            .annotate(
                errate=Count("scrutinio", distinct=True, filter=Q(codice__startswith="E")),
                tutte=Count("scrutinio", distinct=True),
            )
        )
        return {turno: (errate, tutte) for turno, errate, tutte in righe}
