"""Admin of candidatures: archives with filters by state and finding; decisions go through the domain."""

from django.contrib import admin, messages

from candidature.decisioni import accept_proposta
from candidature.istruttoria import refresh_rilievi
from candidature.models import (
    Allegato,
    Audizione,
    Candidato,
    CandidatoSindaco,
    Decisione,
    DichiarazioneCollegamento,
    Documento,
    LetturaSottoscrittori,
    Lista,
    PubblicazioneTrasparenza,
    Rettifica,
    RilievoCandidatura,
    Seduta,
    Sopravvenienza,
    SorteggioNumeri,
    VersionePresentata,
)
from candidature.presentazione import NonConsentito
from comuni.admin_file import ImportaFileMixin
from comuni.models import Elezione
from electoral.admin import PerComuneAdmin, SolaLetturaMixin
from electoral.permessi import Azione


class CandidatureAdmin(PerComuneAdmin):
    azione_vedere = Azione.VEDERE_CANDIDATURE
    azione_modificare = Azione.INSERIRE_CANDIDATURE


class ConRilievo(admin.SimpleListFilter):
    """Lists, or candidates, with one finding."""

    title = "rilievo"
    parameter_name = "rilievo"

    def lookups(self, request, model_admin):
        visibili = RilievoCandidatura.objects.all().visibili_a(request.user, Azione.VEDERE_CANDIDATURE)
        codici = visibili.order_by("codice").values_list("codice", flat=True).distinct()
        return [(codice, codice) for codice in codici]

    def queryset(self, request, queryset):
        return queryset.filter(rilievi__codice=self.value()).distinct() if self.value() else queryset


class SoloFinoATrasmissione(CandidatureAdmin):
    """What was filed changes here only until the list is sent: then by a reasoned correction."""

    def lista_di(self, obj) -> Lista:
        return obj

    def has_change_permission(self, request, obj=None) -> bool:
        if obj is not None and VersionePresentata.objects.filter(lista=self.lista_di(obj)).exists():
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(CandidatoSindaco)
class CandidatoSindacoAdmin(ImportaFileMixin, CandidatureAdmin):
    file_fascicolo = ("sindaci.csv",)
    list_display = ["numero", "cognome", "nome", "elezione", "stato", "numero_provvisorio"]
    list_filter = ["stato", "numero_provvisorio", "accettazione", "incandidabile"]
    search_fields = ["cognome", "nome", "chiave", "elezione__comune__nome"]
    list_select_related = ["elezione__comune"]
    readonly_fields = ["numero", "numero_provvisorio", "stato"]


@admin.register(Lista)
class ListaAdmin(ImportaFileMixin, SoloFinoATrasmissione):
    file_fascicolo = ("liste.csv",)
    list_display = ["numero", "denominazione", "sindaco", "elezione", "presentata_il", "stato"]
    list_filter = ["stato", ConRilievo, "numero_provvisorio", "simbolo_di_partito"]
    search_fields = ["denominazione", "elezione__comune__nome"]
    list_select_related = ["sindaco", "elezione__comune"]
    readonly_fields = [
        "numero",
        "numero_provvisorio",
        "stato",
        "apparentata_con",
        "contrassegno",
        "ricevuta_da",
    ]
    actions = ["ammetti_senza_rilievi", "riesamina"]

    @admin.action(description="Ammetti le liste senza rilievi")
    def ammetti_senza_rilievi(self, request, queryset):
        """The same decision of the desk, one per list, by who may decide in that comune."""
        permesse = queryset.visibili_a(request.user, Azione.DECIDERE_LISTE)
        if rifiutate := queryset.count() - permesse.count():
            self.message_user(request, f"{rifiutate} liste: non può deciderle il suo ruolo.", messages.ERROR)
        fatte = 0
        for lista in permesse.select_related("elezione"):
            try:
                accept_proposta(lista, by=request.user)
                fatte += 1
            except NonConsentito as errore:
                self.message_user(request, str(errore), messages.WARNING)
        self.message_user(request, f"Liste ammesse: {fatte}.", messages.SUCCESS)

    @admin.action(description="Riesamina: ricalcola i rilievi")
    def riesamina(self, request, queryset):
        for elezione in Elezione.objects.filter(liste__in=queryset).distinct():
            refresh_rilievi(elezione)
        self.message_user(request, "Rilievi ricalcolati.", messages.SUCCESS)


@admin.register(Candidato)
class CandidatoAdmin(ImportaFileMixin, SoloFinoATrasmissione):
    file_fascicolo = ("candidati.csv",)
    list_display = ["numero", "cognome", "nome", "lista", "sesso", "stato"]
    list_filter = ["sesso", "stato", ConRilievo, "accettazione", "iscrizione"]
    search_fields = ["cognome", "nome", "chiave", "lista__denominazione"]
    list_select_related = ["lista"]
    readonly_fields = ["stato"]

    def lista_di(self, obj) -> Lista:
        return obj.lista


class ArchivioAdmin(SolaLetturaMixin, CandidatureAdmin):
    """Written by the domain functions only."""


@admin.register(Decisione)
class DecisioneAdmin(ArchivioAdmin):
    list_display = ["pk", "lista", "sindaco", "esito", "decisa_da", "decisa_il", "elezione"]
    list_filter = ["esito", "d_ufficio"]
    search_fields = ["lista__denominazione", "sindaco__cognome", "motivazione"]
    list_select_related = ["lista", "sindaco", "decisa_da", "elezione__comune"]


@admin.register(Seduta)
class SedutaAdmin(ArchivioAdmin):
    list_display = ["elezione", "tipo", "aperta_il", "chiusa_il", "presidente"]
    list_filter = ["tipo"]
    list_select_related = ["elezione__comune"]


@admin.register(SorteggioNumeri)
class SorteggioNumeriAdmin(ArchivioAdmin):
    list_display = ["elezione", "oggetto", "sindaco", "modalita", "eseguito_il", "annullato_il"]
    list_filter = ["oggetto", "modalita"]
    list_select_related = ["elezione__comune", "sindaco"]


@admin.register(RilievoCandidatura)
class RilievoCandidaturaAdmin(ArchivioAdmin):
    list_display = ["codice", "passo", "lista", "candidato", "sanabile", "sanabile_entro"]
    list_filter = ["codice", "sanabile"]
    search_fields = ["lista__denominazione", "candidato__cognome"]
    list_select_related = ["lista", "candidato"]


@admin.register(Rettifica)
class RettificaAdmin(ArchivioAdmin):
    list_display = ["registrata_il", "lista", "dato", "prima", "dopo", "motivo", "autore"]
    search_fields = ["lista__denominazione", "percorso", "motivo"]
    list_select_related = ["lista", "autore"]


@admin.register(Audizione)
class AudizioneAdmin(ArchivioAdmin):
    list_display = ["sentito_il", "lista", "sentito", "seduta"]
    search_fields = ["lista__denominazione", "sentito"]
    list_select_related = ["lista", "seduta"]


@admin.register(DichiarazioneCollegamento)
class DichiarazioneCollegamentoAdmin(ArchivioAdmin):
    list_display = ["dichiarata_il", "lista", "sindaco", "parte", "dichiarante", "registrata_da"]
    list_filter = ["parte"]
    search_fields = ["lista__denominazione", "sindaco__cognome", "dichiarante"]
    list_select_related = ["lista", "sindaco", "registrata_da"]


@admin.register(Documento)
class DocumentoAdmin(ArchivioAdmin):
    list_display = ["lista", "tipo", "stato", "nota", "verificato_da", "verificato_il"]
    list_filter = ["tipo", "stato"]
    search_fields = ["lista__denominazione", "nota"]
    list_select_related = ["lista", "verificato_da"]


@admin.register(LetturaSottoscrittori)
class LetturaSottoscrittoriAdmin(ArchivioAdmin):
    """Who looked at the signers; the signers themselves are in no archive."""

    azione_vedere = Azione.GESTIRE_UTENTI
    list_display = ["letta_il", "utente", "lista", "letti", "pagina"]
    search_fields = ["utente__username", "lista__denominazione"]
    list_select_related = ["utente", "lista"]


@admin.register(Sopravvenienza)
class SopravvenienzaAdmin(ArchivioAdmin):
    list_display = ["registrata_il", "elezione", "tipo", "lista", "sindaco", "candidato", "conseguenza"]
    list_filter = ["tipo", "conseguenza", "prefetto"]
    search_fields = ["lista__denominazione", "sindaco__cognome", "candidato__cognome", "atto"]
    list_select_related = ["elezione__comune", "lista", "sindaco", "candidato"]


@admin.register(Allegato)
class AllegatoAdmin(ArchivioAdmin):
    """What is attached and by whom; the file is opened from the pages, under their log."""

    list_display = ["nome", "elezione", "carta", "byte", "caricato_da", "caricato_il", "ritirato_il"]
    list_filter = ["riservato", "tipo_mime"]
    search_fields = ["nome", "sha256"]
    list_select_related = ["elezione__comune", "caricato_da"]
    exclude = ["file"]


@admin.register(PubblicazioneTrasparenza)
class PubblicazioneTrasparenzaAdmin(ArchivioAdmin):
    list_display = ["elezione", "pubblicata_da", "pubblicata_il", "fino_al", "tolta_il"]
    list_select_related = ["elezione__comune", "pubblicata_da"]
