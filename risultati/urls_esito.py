"""Pages of the outcome: allocation desk, proclamation, acts, surrogation."""

from django.urls import path

from risultati import (
    views_ballottaggio,
    views_esito,
    views_giunta,
    views_mandato,
    views_proclamazione,
    views_pubblicazione,
    views_resistenza,
)

app_name = "esito"
urlpatterns = [
    path("", views_esito.banco, name="banco"),
    path("calcola/", views_esito.calcola, name="calcola"),
    path("sorteggio/", views_esito.sorteggio, name="sorteggio"),
    path("sorteggio/<int:pk>/annulla/", views_esito.annulla_sorteggio, name="annulla_sorteggio"),
    path("letture/", views_esito.letture, name="letture"),
    path("vicende/", views_esito.vicende, name="vicende"),
    path("proclamazione/", views_proclamazione.proclamazione, name="proclamazione"),
    path("riapri/", views_proclamazione.riapri, name="riapri"),
    path("atti/produci/", views_proclamazione.produci_atti, name="produci_atti"),
    path("notifiche/<int:ordine>/", views_proclamazione.notifica, name="notifica"),
    path("moduli/", views_proclamazione.moduli, name="moduli"),
    path("moduli/<slug:tipo>/produci/", views_proclamazione.produci_modulo, name="produci_modulo"),
    path("resistenza/", views_resistenza.resistenza, name="resistenza"),
    path("ballottaggio/", views_ballottaggio.ballottaggio, name="ballottaggio"),
    path("ballottaggio/manifesto/", views_ballottaggio.manifesto_ballottaggio, name="manifesto_ballottaggio"),
    path("pubblicazione/", views_pubblicazione.pubblicazione, name="pubblicazione"),
    path("mandato/", views_mandato.mandato, name="mandato"),
    path("mandato/<int:pk>/annulla/", views_mandato.annulla_evento, name="annulla_evento"),
    path("mandato/giunta/", views_giunta.giunta, name="giunta"),
    path("mandato/giunta/avviso/", views_giunta.atto_giunta, name="atto_giunta"),
    path("mandato/giunta/<int:pk>/", views_giunta.assessore, name="assessore"),
    path("mandato/sorteggio/", views_mandato.sorteggio_surroga, name="sorteggio_surroga"),
]
