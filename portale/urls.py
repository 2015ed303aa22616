"""The public site."""

from django.urls import path

from portale import trasparenza, views

app_name = "portale"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("dati/<slug:slug>/<str:nome>", views.file_pubblico, name="file"),
    path("<slug:slug>/", views.risultati, name="risultati"),
    path("<slug:slug>/trasparenza/", trasparenza.trasparenza, name="trasparenza"),
    path("<slug:slug>/trasparenza/<slug:chi>/<slug:nome>.pdf", trasparenza.carta, name="carta"),
]
