"""Pages of offices, nominations and fees."""

from django.urls import path

from seggi import viste, viste_albi, viste_compensi, viste_nomine, viste_sorteggio

app_name = "seggi"
urlpatterns = [
    path("", viste.quadro, name="quadro"),
    path("costituisci/", viste.costituisci, name="costituisci"),
    path("eta/", viste.scelta_eta, name="scelta_eta"),
    path("documenti/<slug:tipo>/", viste.documento, name="documento"),
    path("ufficio/<int:numero>/", viste.ufficio, name="ufficio"),
    path(
        "ufficio/<int:numero>/<slug:ruolo>/<int:posizione>/", viste_nomine.nomina_posto, name="nomina_posto"
    ),
    path(
        "ufficio/<int:numero>/riserva/<int:posizione>/chiama/",
        viste_nomine.chiama_riserva,
        name="chiama_riserva",
    ),
    path("nomine/", viste_nomine.elenco, name="nomine"),
    path("nomine/azione/", viste_nomine.azione, name="azione_nomine"),
    path("nomine/inserisci/", viste_nomine.inserisci, name="inserisci_nomine"),
    path("nomine/<int:pk>/", viste_nomine.nomina, name="nomina"),
    path("nomine/<int:pk>/rinuncia/", viste_nomine.rinuncia, name="rinuncia"),
    path("nomine/<int:pk>/sostituisci/", viste_nomine.sostituisci, name="sostituisci"),
    path("nomine/<int:pk>/vice/", viste_nomine.vice, name="vice"),
    path("nomine/<int:pk>/presenza/", viste_compensi.attestato_presenza, name="attestato_presenza"),
    path("nomine/<int:pk>/pagamento/", viste_compensi.pagamento, name="pagamento"),
    path("nomine/<int:pk>/compenso/", viste_compensi.attestato_compenso, name="attestato_compenso"),
    path("graduatoria/", viste_nomine.graduatoria, name="graduatoria"),
    path("graduatoria/<int:pk>/", viste_nomine.salta_riserva, name="salta_riserva"),
    path("sorteggio/", viste_sorteggio.sorteggio, name="sorteggio"),
    path("sorteggio/avviso/", viste_sorteggio.avviso, name="avviso_seduta"),
    path("sorteggio/pubblica/", viste_sorteggio.pubblica, name="pubblica_elenco"),
    path("sorteggio/esegui/", viste_sorteggio.esegui, name="esegui_sorteggio"),
    path("sorteggio/annulla/", viste_sorteggio.annulla, name="annulla_sorteggio"),
    path("sorteggio/verbale/", viste_sorteggio.verbale, name="verbale_sorteggio"),
    path("sorteggio/elenco.csv", viste_sorteggio.scarica, {"che": "elenco"}, name="elenco_sorteggio"),
    path("sorteggio/verifica.py", viste_sorteggio.scarica, {"che": "verifica"}, name="verifica_sorteggio"),
    path("albi/", viste_albi.albi, name="albi"),
    path("albi/<slug:albo>/", viste_albi.albo, name="albo"),
    path("albi/<slug:albo>/importa/", viste_albi.importa, name="importa_albo"),
    path("albi/<slug:albo>/esporta/", viste_albi.esporta, name="esporta_albo"),
    path("albi/<slug:albo>/nuovo/", viste_albi.iscritto, name="nuovo_iscritto"),
    path("albi/<slug:albo>/<int:pk>/", viste_albi.iscritto, name="iscritto"),
    path("albi/<slug:albo>/<int:pk>/cancella/", viste_albi.cancella, name="cancella_iscritto"),
    path("rappresentanti/", viste_albi.rappresentanti, name="rappresentanti"),
    path("rappresentanti/<int:pk>/togli/", viste_albi.togli_rappresentante, name="togli_rappresentante"),
    path("materiale/", viste.materiale, name="materiale"),
    path("materiale/prepara/", viste.prepara_materiale, name="prepara_materiale"),
    path("materiale/etichette/", viste.etichette, name="etichette"),
    path("materiale/<int:pk>/", viste.consegna, name="consegna"),
    path("compensi/", viste_compensi.compensi, name="compensi"),
    path("compensi/impostazioni/", viste_compensi.impostazioni, name="impostazioni_compensi"),
    path("compensi/adunanza/", viste_compensi.adunanza, name="adunanza"),
    path("compensi/persone/", viste_compensi.persone, name="compensi_persone"),
    path("compensi/nuova/", viste_compensi.nuova, name="nuova_liquidazione"),
    path("compensi/<int:numero>/", viste_compensi.lotto, name="liquidazione"),
    path("compensi/<int:numero>/sciogli/", viste_compensi.sciogli, name="sciogli_liquidazione"),
    path("compensi/<int:numero>/elenco.csv", viste_compensi.csv, name="csv_liquidazione"),
    path("compensi/<int:numero>/prospetto/", viste_compensi.prospetto, name="prospetto"),
]
