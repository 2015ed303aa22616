"""Admin of candidatures."""

from django.contrib import admin

from candidature.models import Candidato, CandidatoSindaco, Lista
from electoral.admin import PerComuneAdmin
from electoral.permessi import Azione


class CandidatureAdmin(PerComuneAdmin):
    azione_vedere = Azione.VEDERE_CANDIDATURE
    azione_modificare = Azione.INSERIRE_CANDIDATURE


@admin.register(CandidatoSindaco)
class CandidatoSindacoAdmin(CandidatureAdmin):
    list_display = ["numero", "cognome", "nome", "elezione", "stato"]
    list_filter = ["stato"]
    search_fields = ["cognome", "nome", "chiave", "elezione__comune__nome"]
    list_select_related = ["elezione__comune"]


@admin.register(Lista)
class ListaAdmin(CandidatureAdmin):
    list_display = ["numero", "denominazione", "sindaco", "elezione", "stato"]
    list_filter = ["stato"]
    search_fields = ["denominazione", "elezione__comune__nome"]
    list_select_related = ["sindaco", "elezione__comune"]


@admin.register(Candidato)
class CandidatoAdmin(CandidatureAdmin):
    list_display = ["numero", "cognome", "nome", "lista", "sesso", "stato"]
    list_filter = ["sesso", "stato"]
    search_fields = ["cognome", "nome", "chiave", "lista__denominazione"]
    list_select_related = ["lista"]
