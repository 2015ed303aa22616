"""Admin of registers, offices and nominations; payments only for who sees the fees."""

from django.contrib import admin

from comuni.admin_file import ImportaFileMixin
from electoral.admin import PerComuneAdmin, SolaLetturaMixin
from electoral.permessi import Azione
from seggi.models import (
    Compenso,
    Consegna,
    Iscritto,
    Liquidazione,
    Luogo,
    Nomina,
    PostoGraduatoria,
    Rappresentante,
    SedutaNomina,
    SorteggioScrutatori,
    SorteggioVolante,
    Ufficio,
    VoceMateriale,
    VotoNomina,
)


class SeggiAdmin(PerComuneAdmin):
    azione_vedere = Azione.VEDERE_UFFICI
    azione_modificare = Azione.NOMINARE


class CompensiAdmin(PerComuneAdmin):
    azione_vedere = Azione.VEDERE_COMPENSI
    azione_modificare = Azione.LIQUIDARE


@admin.register(Iscritto)
class IscrittoAdmin(ImportaFileMixin, SeggiAdmin):
    """Never searched by codice fiscale: a search must not reveal it."""

    file_fascicolo = ("albo_scrutatori.csv", "albo_presidenti.csv")

    list_display = ["numero_albo", "cognome", "nome", "comune", "albo", "cancellato_il"]
    list_filter = ["albo", "elettore"]
    search_fields = ["cognome", "nome", "chiave", "=numero_albo"]
    list_select_related = ["comune"]


@admin.register(Ufficio)
class UfficioAdmin(SeggiAdmin):
    list_display = ["sezione", "presidenti", "scrutatori", "segretari", "covid"]
    search_fields = ["=sezione__numero", "sezione__elezione__comune__nome"]
    list_select_related = ["sezione__elezione__comune"]


@admin.register(Nomina)
class NominaAdmin(ImportaFileMixin, SolaLetturaMixin, SeggiAdmin):
    file_fascicolo = ("nomine.csv",)
    list_display = ["ufficio", "ruolo", "posizione", "cognome", "nome", "stato", "metodo"]
    list_filter = ["ruolo", "stato", "metodo"]
    search_fields = ["cognome", "nome", "chiave"]
    list_select_related = ["ufficio__sezione"]
    exclude = ["codice_fiscale"]


@admin.register(Rappresentante)
class RappresentanteAdmin(ImportaFileMixin, SeggiAdmin):
    file_fascicolo = ("rappresentanti.csv",)
    list_display = ["sezione", "lista", "qualita", "cognome", "nome"]
    search_fields = ["cognome", "nome", "chiave", "lista"]
    list_select_related = ["sezione"]


@admin.register(SorteggioScrutatori)
class SorteggioScrutatoriAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["elezione", "pubblicato_il", "eseguito_il", "posti", "riserve", "impronta"]
    list_select_related = ["elezione__comune"]
    exclude = ["elenco"]


@admin.register(SorteggioVolante)
class SorteggioVolanteAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["ufficio", "dove", "estratto", "seme", "eseguito_il"]
    search_fields = ["dove", "estratto__chiave"]
    list_select_related = ["ufficio__sezione__elezione__comune", "estratto"]


@admin.register(PostoGraduatoria)
class PostoGraduatoriaAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["elezione", "posizione", "iscritto", "stato", "motivo"]
    list_filter = ["stato"]
    list_select_related = ["elezione__comune", "iscritto"]


@admin.register(Liquidazione)
class LiquidazioneAdmin(SolaLetturaMixin, CompensiAdmin):
    list_display = ["elezione", "numero", "stato", "determina", "data_determina"]
    list_filter = ["stato"]
    list_select_related = ["elezione__comune"]


@admin.register(Compenso)
class CompensoAdmin(SolaLetturaMixin, CompensiAdmin):
    list_display = ["nomina", "turno", "centesimi", "liquidazione"]
    list_filter = ["turno"]
    search_fields = ["nomina__cognome", "nomina__nome"]
    list_select_related = ["nomina", "liquidazione"]


@admin.register(Luogo)
class LuogoAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["nome", "genere", "posti_letto", "aventi_diritto", "sezione_madre", "elezione"]
    list_filter = ["genere"]
    search_fields = ["nome"]
    list_select_related = ["elezione__comune", "sezione_madre__elezione__comune"]


@admin.register(VoceMateriale)
class VoceMaterialeAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["ordine", "voce", "quantita", "elezione"]
    search_fields = ["voce"]
    list_select_related = ["elezione__comune"]


@admin.register(Consegna)
class ConsegnaAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["ufficio", "voce", "quantita", "consegnata_il", "consegnata_da"]
    list_select_related = ["ufficio__sezione__elezione__comune", "consegnata_da"]


@admin.register(SedutaNomina)
class SedutaNominaAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["quando", "luogo", "segretario", "elezione"]
    list_select_related = ["elezione__comune"]


@admin.register(VotoNomina)
class VotoNominaAdmin(SolaLetturaMixin, SeggiAdmin):
    list_display = ["seduta", "ufficio", "votazione", "membro", "iscritto", "eletto"]
    list_select_related = ["seduta", "ufficio__sezione__elezione__comune", "iscritto"]
