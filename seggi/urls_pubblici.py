"""The public page on which anyone repeats the draw of the scrutatori."""

from django.urls import path

from seggi import viste_pubbliche

app_name = "sorteggio_pubblico"
urlpatterns = [
    path("", viste_pubbliche.pagina, name="pagina"),
    path("elenco.txt", viste_pubbliche.elenco, name="elenco"),
    path("esito.txt", viste_pubbliche.esito, name="esito"),
    path("verifica.py", viste_pubbliche.verifica, name="verifica"),
]
