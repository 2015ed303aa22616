"""Addresses: the rooms are wired here. ``/`` is public, ``/ufficio/`` is the office."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from candidature.pagine import esame as candidature_esame
from electoral import viste, viste_accesso
from electoral.guida import viste as guida
from portale.api import api
from risultati import views_fascicolo

urlpatterns = [
    path("accesso/invito/<str:token>/", viste_accesso.accetta_invito, name="invito"),
    path("accesso/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("accessibilita/", TemplateView.as_view(template_name="accessibilita.html"), name="accessibilita"),
    path("privacy/", TemplateView.as_view(template_name="privacy.html"), name="privacy"),
    path("ufficio/guida/", guida.guida, name="guida"),
    path("ufficio/guida/codici/", guida.codici, name="codici"),
    path("ufficio/guida/primi-passi/", guida.primi_passi, name="primi_passi"),
    path("ufficio/guida/primi-passi/chiudi/", guida.chiudi_primi_passi, name="chiudi_primi_passi"),
    path("ufficio/guida/<slug:nome>/", guida.guida, name="guida_pagina"),
    path("ufficio/lavori/<int:pk>/", viste.lavoro, name="lavoro"),
    path("ufficio/lavori/<int:pk>/stato", viste.lavoro_stato, name="lavoro_stato"),
    path("ufficio/componenti/", viste.componenti, name="componenti"),
    path("ufficio/commissione/", candidature_esame.commissione, name="commissione"),
    path("ufficio/fascicolo/", views_fascicolo.carica, name="fascicolo_carica"),
    path("ufficio/fascicolo/<int:pk>/", views_fascicolo.esito, name="fascicolo_lavoro"),
    path("ufficio/fascicolo/<int:pk>/conferma/", views_fascicolo.conferma, name="fascicolo_conferma"),
    path("ufficio/<slug:slug>/fascicolo/", views_fascicolo.fascicolo, name="fascicolo"),
    path("ufficio/<slug:slug>/fascicolo/scarica/", views_fascicolo.scarica, name="fascicolo_scarica"),
    path("ufficio/", include("comuni.urls")),
    path("ufficio/<slug:slug>/candidature/", include("candidature.urls")),
    path("ufficio/<slug:slug>/seggi/", include("seggi.urls")),
    path("ufficio/<slug:slug>/giornata/", include("risultati.urls_giornata")),
    path("ufficio/<slug:slug>/esito/", include("risultati.urls_esito")),
    path("sorteggio-scrutatori/<slug:slug>/", include("seggi.urls_pubblici")),
    path("api/", api.urls),
    path("", include("portale.urls")),
]
