"""Admin of comuni and elections."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join

from comuni.admin_file import ImportaFileMixin
from comuni.models import (
    Appartenenza,
    Atto,
    CambioSede,
    ComponenteCommissione,
    Comune,
    Convocazione,
    ElettoreParticolare,
    Elezione,
    PresenzaSeduta,
    Promemoria,
    RilevazioneElettori,
    Scadenza,
    SedutaCommissione,
    Sezione,
    SpazioPropaganda,
    TessereDelGiorno,
    Tornata,
    VersioneFirmata,
)
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
    # published and interpreted from their own pages, by who may close
    readonly_fields = ["pubblicata", "interpretazioni", "pagine"]
    list_filter = ["prova", "pubblicata", "sistema", "ordinamento", "data"]
    search_fields = ["comune__nome", "comune__chiave", "slug"]
    list_select_related = ["comune"]
    autocomplete_fields = ["comune"]
    date_hierarchy = "data"

    def get_readonly_fields(self, request, obj=None):
        """A rehearsal is born one and stays one: its acts say so."""
        return super().get_readonly_fields(request, obj) + (["prova"] if obj else [])

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

    def eventi_visibili(self, request, righe):
        """Who signed an act, and what, is known only to who may read the act."""
        return righe.filter(atto__in=Atto.objects.leggibili_da(request.user))


class ArchivioAdmin(SolaLetturaMixin, PerComuneAdmin):
    """To search and read: the pages of the election write these rows, with their checks."""


@admin.register(Convocazione)
class ConvocazioneAdmin(ArchivioAdmin):
    list_display = [
        "elezione",
        "decreto_prefetto_numero",
        "decreto_prefetto_data",
        "firmatario",
        "rinviata_al",
    ]
    search_fields = ["elezione__comune__nome", "firmatario"]
    list_select_related = ["elezione__comune"]


@admin.register(CambioSede)
class CambioSedeAdmin(ArchivioAdmin):
    list_display = ["sezione", "edificio", "indirizzo", "proposta_il", "decisa_il"]
    search_fields = ["=sezione__numero", "edificio", "indirizzo"]
    list_select_related = ["sezione__elezione__comune"]


@admin.register(RilevazioneElettori)
class RilevazioneElettoriAdmin(ArchivioAdmin):
    list_display = ["elezione", "momento", "sezione", "maschi", "femmine", "di_cui_estero", "di_cui_ue"]
    list_filter = ["momento"]
    search_fields = ["elezione__comune__nome"]
    list_select_related = ["elezione__comune", "sezione__elezione__comune"]


@admin.register(ElettoreParticolare)
class ElettoreParticolareAdmin(ArchivioAdmin):
    """Who votes at home or in prison is known only to who prepares the election."""

    azione_vedere = Azione.PREPARARE_ELEZIONE
    list_display = ["cognome", "nome", "titolo", "sezione", "domanda_il", "elezione"]
    list_filter = ["titolo"]
    search_fields = ["cognome", "nome", "chiave"]
    list_select_related = ["elezione__comune", "sezione__elezione__comune"]


@admin.register(TessereDelGiorno)
class TessereDelGiornoAdmin(ArchivioAdmin):
    list_display = ["giorno", "elezione", "consegnate", "duplicati", "aggiornamenti"]
    list_select_related = ["elezione__comune"]


@admin.register(SpazioPropaganda)
class SpazioPropagandaAdmin(ArchivioAdmin):
    list_display = ["numero", "centro_abitato", "ubicazione", "elezione"]
    search_fields = ["centro_abitato", "ubicazione"]
    list_select_related = ["elezione__comune"]


@admin.register(ComponenteCommissione)
class ComponenteCommissioneAdmin(ArchivioAdmin):
    list_display = ["cognome", "nome", "ruolo", "minoranza", "comune", "eletto_il", "cessato_il"]
    list_filter = ["ruolo", "minoranza"]
    search_fields = ["cognome", "nome", "chiave"]
    list_select_related = ["comune"]


@admin.register(SedutaCommissione)
class SedutaCommissioneAdmin(ArchivioAdmin):
    list_display = ["convocata_per", "oggetto", "elezione", "seconda_convocazione", "tenuta"]
    list_filter = ["oggetto", "tenuta"]
    list_select_related = ["elezione__comune"]


@admin.register(PresenzaSeduta)
class PresenzaSedutaAdmin(ArchivioAdmin):
    list_display = ["sedutacommissione", "componentecommissione"]
    search_fields = ["componentecommissione__cognome", "componentecommissione__chiave"]
    list_select_related = ["sedutacommissione", "componentecommissione"]


@admin.register(Promemoria)
class PromemoriaAdmin(SolaLetturaMixin, SoloAmministratoreMixin, admin.ModelAdmin):
    """What was sent to whom: there is no choice here, the person chooses in her own page."""

    list_display = ["giorno", "utente", "stato", "tentativi", "aggiornato_il"]
    list_filter = ["stato"]
    search_fields = ["utente__username", "utente__last_name"]
    list_select_related = ["utente"]
    has_add_permission = SolaLetturaMixin.has_add_permission
    has_change_permission = has_delete_permission = SolaLetturaMixin.has_change_permission
