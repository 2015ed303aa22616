"""Queries on candidatures."""

from django.db.models import Q

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
        """Not struck by a decision, nor off the list for having renounced or died before it."""
        return self.exclude(stato__in=["escluso", "ritirato", "deceduto"])

    def esaminati(self):
        """Those the commissione examines: a name off by its own fact is not there any more."""
        return self.exclude(stato__in=["ritirato", "deceduto"])

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


class SopravvenienzaQuerySet(DiElezioneQuerySet):
    def valide(self):
        return self.filter(annullata_il__isnull=True)

    def efficaci(self):
        return self.valide().exclude(conseguenza="nessuna")

    def decessi_di_sindaci(self):
        return self.valide().filter(tipo="decesso", sindaco__isnull=False)

    def che_fermano(self):
        """Deaths of a candidate for sindaco that stop draw, manifesto and ballots."""
        return self.valide().filter(
            Q(conseguenza="rinvio") | (Q(conseguenza="decide_il_prefetto") & ~Q(prefetto="prosegue"))
        )


class AllegatoQuerySet(DiElezioneQuerySet):
    def presenti(self):
        """Neither withdrawn nor forgotten."""
        return self.filter(ritirato_il__isnull=True, cancellato_il__isnull=True)

    def riservati(self):
        """Files that name the signers and are still kept, withdrawn ones too."""
        return self.filter(riservato=True, cancellato_il__isnull=True)


class PubblicazioneTrasparenzaQuerySet(DiElezioneQuerySet):
    def visibili(self, oggi):
        """On the public site that day, even if nobody took the expired ones off; never a rehearsal."""
        return self.filter(tolta_il__isnull=True, fino_al__gte=oggi, elezione__prova=False)

    def scadute(self, oggi):
        return self.filter(tolta_il__isnull=True, fino_al__lt=oggi)
