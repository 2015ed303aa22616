"""Admin of comuni and elections."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join

from comuni.admin_file import ImportaFileMixin
from comuni.models import Appartenenza, Atto, Comune, Elezione, Scadenza, Sezione, Tornata, VersioneFirmata
from comuni.querysets import atti_leggibili
from electoral.admin import CronologiaMixin, PerComuneAdmin, SolaLetturaMixin, SoloAmministratoreMixin
from electoral.permessi import Azione


@admin.register(Comune)
class ComuneAdmin(PerComuneAdmin):
    list_display = ["nome", "provincia", "regione", "popolazione_legale", "capoluogo"]
    list_filter = ["regione", "capoluogo"]
    search_fields = ["nome", "chiave", "provincia", "codice_istat"]

    def has_add_permission(self, request) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser


@admin.register(Appartenenza)
class AppartenenzaAdmin(PerComuneAdmin):
    """To look at; the responsabile gives and takes roles in the pages of the users."""

    azione_vedere = azione_modificare = Azione.GESTIRE_UTENTI
    list_display = ["utente", "comune", "ruolo"]
    list_filter = ["ruolo"]
    search_fields = ["utente__username", "utente__last_name", "comune__nome"]
    autocomplete_fields = ["comune"]
    list_select_related = ["utente", "comune"]

    def has_add_permission(self, request) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser


@admin.register(Tornata)
class TornataAdmin(CronologiaMixin, SoloAmministratoreMixin, admin.ModelAdmin):
    list_display = ["nome", "data", "giorni", "data_ballottaggio"]
    search_fields = ["nome"]


@admin.register(Elezione)
class ElezioneAdmin(PerComuneAdmin):
    list_display = ["comune", "data", "sistema", "seggi_consiglio", "prova", "pubblicata", "pagine"]
    readonly_fields = ["pagine"]
    list_filter = ["prova", "pubblicata", "sistema", "ordinamento", "data"]
    search_fields = ["comune__nome", "comune__chiave", "slug"]
    list_select_related = ["comune"]
    autocomplete_fields = ["comune"]
    date_hierarchy = "data"

    @admin.display(description="pagine di lavoro")
    def pagine(self, elezione: Elezione) -> str:
        """The work is done there: state, sections, turnout, seats, acts."""
        if elezione.pk is None:
            return "–"
        nomi = (("comuni:elezione", "quadro"), ("esito:banco", "riparto"), ("fascicolo", "fascicolo"))
        voci = ((reverse(nome, args=[elezione.slug]), testo) for nome, testo in nomi)
        return format_html_join(" · ", '<a href="{}">{}</a>', voci)


@admin.register(Sezione)
class SezioneAdmin(ImportaFileMixin, PerComuneAdmin):
    file_fascicolo = ("sezioni.csv",)
    list_display = ["numero", "elezione", "tipo", "plesso", "indirizzo", "elettori_m", "elettori_f"]
    list_filter = ["tipo", "accessibile"]
    search_fields = ["numero", "plesso", "indirizzo", "elezione__comune__nome"]
    list_select_related = ["elezione__comune"]


@admin.register(Scadenza)
class ScadenzaAdmin(PerComuneAdmin):
    list_display = ["codice", "elezione", "data", "ora", "stato"]
    list_filter = ["stato"]
    search_fields = ["codice", "nota", "elezione__comune__nome"]
    list_select_related = ["elezione__comune"]


@admin.register(Atto)
class AttoAdmin(SolaLetturaMixin, PerComuneAdmin):
    list_display = ["numero", "titolo", "elezione", "tipo", "prodotto_da", "prodotto_il", "sha256"]
    list_filter = ["tipo"]
    search_fields = ["titolo", "sha256", "elezione__comune__nome"]
    list_select_related = ["elezione__comune", "prodotto_da"]

    def get_queryset(self, request):
        return super().get_queryset(request).leggibili_da(request.user)

    def eventi_visibili(self, request, righe):
        """An act keeps its whole context: who may not read it does not read its history either."""
        return righe.filter(atti_leggibili(request.user))


@admin.register(VersioneFirmata)
class VersioneFirmataAdmin(SolaLetturaMixin, PerComuneAdmin):
    list_display = ["atto", "formato", "caricata_da", "caricata_il", "sha256"]
    list_select_related = ["atto__elezione__comune", "caricata_da"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(atto__in=Atto.objects.leggibili_da(request.user))
