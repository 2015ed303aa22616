"""Pages of the office: home, elections, calendar of duties, convocation."""

from django.urls import path

from comuni import ufficio

app_name = "comuni"
urlpatterns = [
    path("", ufficio.home, name="home"),
    path("<slug:slug>/", ufficio.elezione, name="elezione"),
    path("<slug:slug>/stemma", ufficio.stemma, name="stemma"),
]
