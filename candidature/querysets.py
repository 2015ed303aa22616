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

    def da_decidere(self):
        return self.filter(stato__in=["presentata", "da_integrare"])

    def ammesse(self):
        return self.filter(stato__in=["ammessa", "ammessa_con_esclusioni"])

    def con_rilievo(self, codice: str):
        return self.filter(rilievi__codice=codice).distinct()

    def in_ordine_di_presentazione(self):
        """The hour of the receipt decides who came earlier; the pk parts those filed together."""
        return self.order_by("presentata_il", "pk")


class DiListaQuerySet(PerComuneQuerySet):
    """Rows with a foreign key ``lista``."""

    percorso_comune = "lista__elezione__comune"

    def di(self, elezione):
        return self.filter(lista__elezione=elezione)


class CandidatoQuerySet(DiListaQuerySet):
    def in_corsa(self):
        return self.exclude(stato="escluso")

    def in_ordine(self):
        return self.order_by("lista__numero", "numero")


class SottoscrizioneQuerySet(DiListaQuerySet):
    def con_nomi(self):
        """Those whose personal data are still kept."""
        return self.filter(cancellata_il__isnull=True)


class DecisioneQuerySet(DiElezioneQuerySet):
    def sulle_liste(self):
        return self.filter(lista__isnull=False)

    def ultima(self, lista):
        return self.filter(lista=lista).order_by("-pk").first()
