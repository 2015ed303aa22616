"""Pages of the election days: turnout, count, board."""

from django.urls import path

from risultati import views_affluenza as affluenza
from risultati import views_chiusura as chiusura
from risultati import views_differenze as differenze
from risultati import views_digitazione as digitazione
from risultati import views_prova as prova
from risultati import views_scambio as scambio
from risultati import views_scheda as scheda
from risultati import views_sezione as sezione
from risultati import views_tabellone as tabellone

app_name = "giornata"
SEZIONE = "scrutinio/<int:turno>/<int:numero>/"
urlpatterns = [
    path("affluenza/", affluenza.affluenza, name="affluenza"),
    path("affluenza/<int:turno>/", affluenza.affluenza, name="affluenza_turno"),
    path("affluenza/<int:turno>/<str:codice>/", affluenza.rilevazione, name="rilevazione"),
    path("affluenza/<int:turno>/<str:codice>/scheda/", affluenza.scheda_affluenza, name="scheda_affluenza"),
    path("affluenza/<int:turno>/<str:codice>/inviata/", affluenza.inviata, name="inviata"),
    path("scrutinio/", sezione.sezioni, name="sezioni"),
    path("scrutinio/<int:turno>/", sezione.sezioni, name="sezioni_turno"),
    path(SEZIONE, sezione.sezione, name="sezione"),
    path(SEZIONE + "digita/", digitazione.digita, name="digita"),
    path(SEZIONE + "passo/<str:nome>/", digitazione.passo, name="passo"),
    path(SEZIONE + "passo/<str:nome>/bozza/", digitazione.bozza, name="bozza"),
    path(SEZIONE + "passo/<str:nome>/scarta-bozza/", digitazione.scarta_bozza, name="scarta_bozza"),
    path(SEZIONE + "controlla/", chiusura.controlla, name="controlla"),
    path(SEZIONE + "differenze/", differenze.differenze, name="differenze"),
    path(SEZIONE + "rilettura/", chiusura.rilettura, name="rilettura"),
    path(SEZIONE + "lettura/", sezione.lettura, name="lettura"),
    path(SEZIONE + "stato/", sezione.cambia_stato, name="stato"),
    path(SEZIONE + "note/", sezione.annota, name="annota"),
    path(SEZIONE + "verbale/", sezione.carica_scansione, name="carica_scansione"),
    path(SEZIONE + "verbale/<int:pk>/", sezione.scansione, name="scansione"),
    path(SEZIONE + "verbale/<int:pk>/ritira/", sezione.ritira_scansione, name="ritira_scansione"),
    path(SEZIONE + "dossier/", sezione.dossier, name="dossier"),
    path("quanto-vale/", scheda.quanto_vale, name="quanto_vale"),
    path("quanto-vale/<int:turno>/", scheda.quanto_vale, name="quanto_vale_turno"),
    path("file/", scambio.scambio, name="scambio"),
    path("file/<int:turno>/", scambio.scambio, name="scambio_turno"),
    path("file/<int:turno>/esporta/", scambio.esporta, name="esporta"),
    path("tabellone/", tabellone.tabellone, name="tabellone"),
    path("tabellone/<int:turno>/", tabellone.tabellone, name="tabellone_turno"),
    path("tabellone/<int:turno>/schermo/", tabellone.crea_schermo, name="crea_schermo"),
    path("tabellone/<int:turno>/schermo/<int:pk>/revoca/", tabellone.revoca_schermo, name="revoca_schermo"),
    path("schermo/<str:firma>/", tabellone.schermo, name="schermo"),
    path("prova-generale/", prova.prova_generale, name="prova_generale"),
]
