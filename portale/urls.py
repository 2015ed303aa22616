"""The public site."""

from django.urls import path

from portale import views

app_name = "portale"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("dati/<slug:slug>/<str:nome>", views.file_pubblico, name="file"),
    path("<slug:slug>/", views.risultati, name="risultati"),
]
