"""Admin of turnout, counts, draws and allocations: to search and read; desks and domain write them."""

from django.contrib import admin

from comuni.admin_file import ImportaFileMixin
from electoral.admin import PerComuneAdmin, SolaLetturaMixin
from electoral.permessi import Azione
from risultati.models import (
    Affluenza,
    Assessore,
    Proclamazione,
    Riparto,
    Scrutinio,
    Sorteggio,
    Vicenda,
    VotiLista,
    VotiPreferenza,
    VotiSindaco,
)


class RisultatiAdmin(SolaLetturaMixin, PerComuneAdmin):
    """Rows reached from their election; nobody changes a count by hand here."""

    azione_vedere = Azione.VEDERE_RISULTATI


class VotiAdmin(RisultatiAdmin):
    list_filter = ["scrutinio__turno"]


@admin.register(Affluenza)
class AffluenzaAdmin(ImportaFileMixin, RisultatiAdmin):
    file_fascicolo = ("affluenza.csv",)
    list_display = ["rilevazione", "elezione", "turno", "sezione", "votanti_m", "votanti_f", "votanti"]
    list_filter = ["turno", "rilevazione"]
    search_fields = ["elezione__comune__nome", "sezione__numero"]
    list_select_related = ["elezione__comune", "sezione"]


@admin.register(Scrutinio)
class ScrutinioAdmin(ImportaFileMixin, RisultatiAdmin):
    file_fascicolo = ("scrutinio.csv",)
    list_display = ["elezione", "turno", "sezione", "stato", "votanti", "voti_validi", "definitivo_il"]
    list_filter = ["turno", "stato"]
    search_fields = ["elezione__comune__nome", "sezione__numero"]
    list_select_related = ["elezione__comune", "sezione"]


@admin.register(VotiSindaco)
class VotiSindacoAdmin(ImportaFileMixin, VotiAdmin):
    file_fascicolo = ("voti_sindaci.csv",)
    list_display = ["sindaco", "scrutinio", "voti", "solo_sindaco"]
    search_fields = ["sindaco__cognome", "scrutinio__elezione__comune__nome"]
    list_select_related = ["sindaco", "scrutinio__sezione"]


@admin.register(VotiLista)
class VotiListaAdmin(ImportaFileMixin, VotiAdmin):
    file_fascicolo = ("voti_liste.csv",)
    list_display = ["lista", "scrutinio", "voti"]
    search_fields = ["lista__denominazione", "scrutinio__elezione__comune__nome"]
    list_select_related = ["lista", "scrutinio__sezione"]


@admin.register(VotiPreferenza)
class VotiPreferenzaAdmin(ImportaFileMixin, VotiAdmin):
    file_fascicolo = ("voti_preferenze.csv",)
    list_display = ["candidato", "scrutinio", "preferenze"]
    search_fields = ["candidato__cognome", "scrutinio__elezione__comune__nome"]
    list_select_related = ["candidato", "scrutinio__sezione"]


@admin.register(Sorteggio)
class SorteggioAdmin(ImportaFileMixin, RisultatiAdmin):
    file_fascicolo = ("sorteggi.csv",)
    list_display = ["elezione", "esito", "modalita", "eseguito_il", "registrato_da", "annullato"]
    list_filter = ["modalita", "annullato"]
    search_fields = ["elezione__comune__nome", "presenti"]
    list_select_related = ["elezione__comune", "registrato_da"]


@admin.register(Riparto)
class RipartoAdmin(RisultatiAdmin):
    list_display = ["elezione", "tipo_esito", "parziale", "eseguito_il", "eseguito_da", "impronta"]
    list_filter = ["tipo_esito", "parziale"]
    search_fields = ["elezione__comune__nome", "impronta"]
    list_select_related = ["elezione__comune", "eseguito_da"]


@admin.register(Vicenda)
class VicendaAdmin(ImportaFileMixin, RisultatiAdmin):
    file_fascicolo = ("vicende.csv",)
    list_display = ["elezione", "tipo", "sindaco", "candidato", "data", "atto"]
    list_filter = ["tipo"]
    search_fields = ["elezione__comune__nome", "sindaco__cognome", "candidato__cognome", "atto"]
    list_select_related = ["elezione__comune", "sindaco", "candidato"]


@admin.register(Proclamazione)
class ProclamazioneAdmin(RisultatiAdmin):
    list_display = ["elezione", "proclamata_il", "registrata_il", "proclamata_da", "riaperta_il"]
    list_filter = ["riaperta_il"]
    search_fields = ["elezione__comune__nome"]
    list_select_related = ["elezione__comune", "proclamata_da"]


@admin.register(Assessore)
class AssessoreAdmin(RisultatiAdmin):
    list_display = ["__str__", "proclamazione", "vice", "decreto_numero", "decreto_data", "dal", "cessato_il"]
    list_filter = ["vice", "cessazione"]
    search_fields = ["cognome", "candidato__cognome", "sindaco__cognome", "decreto_numero"]
    list_select_related = [
        "proclamazione__elezione__comune",
        "proclamazione__riparto",
        "candidato",
        "sindaco",
    ]
