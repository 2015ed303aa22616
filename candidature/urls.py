"""Pages of the candidatures of one election."""

from django.urls import path

from candidature.pagine import esame, esito, inserimento, presentazione

app_name = "candidature"
urlpatterns = [
    path("", presentazione.quadro, name="quadro"),
    path("ricevi/", presentazione.ricevi, name="ricevi"),
    path("liste/<int:pk>/", presentazione.lista, name="lista"),
    path("liste/<int:pk>/documenti/", presentazione.documenti, name="lista_documenti"),
    path("liste/<int:pk>/delegati/", presentazione.delegato, name="lista_delegato"),
    path("liste/<int:pk>/contrassegno/", presentazione.contrassegno, name="lista_contrassegno"),
    path("liste/<int:pk>/contrassegno.png", presentazione.contrassegno_immagine, name="contrassegno"),
    path("liste/<int:pk>/ricevuta/", presentazione.ricevuta, name="ricevuta"),
    path("liste/<int:pk>/trasmetti/", presentazione.trasmetti, name="trasmetti"),
    path("liste/<int:pk>/rettifica/", presentazione.rettifica, name="rettifica"),
    path("liste/<int:pk>/stati/", presentazione.stati_candidato, name="stati_candidato"),
    path("liste/<int:pk>/sindaco/", presentazione.stati_sindaco, name="stati_sindaco"),
    path("liste/<int:pk>/candidati/", inserimento.candidati, name="candidati"),
    path("liste/<int:pk>/sottoscrittori/", inserimento.firme, name="firme"),
    path("importa/<str:tipo>/", inserimento.importa, name="importa"),
    path("importa/<str:tipo>/modello.csv", inserimento.modello, name="modello"),
    path("caricamenti/<int:pk>/", inserimento.anteprima, name="anteprima"),
    path("caricamenti/<int:pk>/conferma/", inserimento.conferma, name="conferma"),
    path("caricamenti/<int:pk>/errate.csv", inserimento.errate, name="errate"),
    path("esame/", esame.esame, name="esame"),
    path("esame/seduta/", esame.apri_seduta, name="apri_seduta"),
    path("esame/seduta/<int:pk>/chiudi/", esame.chiudi_seduta, name="chiudi_seduta"),
    path("esame/seduta/<int:pk>/verbale/", esame.verbale, name="verbale"),
    path("esame/<int:pk>/", esame.banco, name="banco"),
    path("esame/<int:pk>/decidi/", esame.decidi, name="decidi"),
    path("esame/<int:pk>/sindaco/", esame.decidi_sindaco, name="decidi_sindaco"),
    path("esame/<int:pk>/audizione/", esame.audizione, name="audizione"),
    path("decisioni/<int:pk>/lettera/", esame.lettera, name="lettera"),
    path("decisioni/<int:pk>/notifica/", esame.notifica, name="notifica"),
    path("sorteggio/", esito.sorteggi, name="sorteggio"),
    path("sorteggio/registra/", esito.sorteggia, name="sorteggia"),
    path("sorteggio/<int:pk>/annulla/", esito.annulla_sorteggio, name="annulla_sorteggio"),
    path("documenti/", esito.documenti, name="documenti"),
    path("documenti/<slug:tipo>/", esito.produci, name="produci"),
    path("trasparenza/", esito.pagina_trasparenza, name="trasparenza"),
    path("trasparenza/carica/", esito.carica_trasparenza, name="carica_trasparenza"),
    path("collegamenti/", esito.collegamenti, name="collegamenti"),
    path("collegamenti/registra/", esito.collega, name="collega"),
    path("collegamenti/<int:pk>/togli/", esito.scollega, name="scollega"),
]
