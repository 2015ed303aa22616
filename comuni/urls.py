"""Pages of the office: home, elections, calendar of duties, convocation."""

from django.urls import path

from comuni import (
    ufficio,
    utenti_viste,
    viste_atti,
    viste_avvio,
    viste_convocazione,
    viste_elettori,
    viste_propaganda,
    viste_scadenzario,
)

app_name = "comuni"
urlpatterns = [
    path("", ufficio.home, name="home"),
    path("nuova-elezione/", viste_avvio.nuova, name="nuova"),
    path("utenti/", utenti_viste.elenco, name="utenti"),
    path("utenti/invita/", utenti_viste.invita, name="invita_utente"),
    path("utenti/importa/", utenti_viste.importa, name="importa_utenti"),
    path("utenti/permessi/", utenti_viste.permessi, name="permessi"),
    path("utenti/<int:pk>/", utenti_viste.utente, name="utente"),
    path("utenti/<int:pk>/invito/", utenti_viste.rinnova_invito, name="rinnova_invito"),
    path("utenti/<int:pk>/sospendi/", utenti_viste.sospendi, name="sospendi_utente"),
    path("utenti/<int:pk>/su-tutti/", utenti_viste.su_tutti, name="ruolo_su_tutti"),
    path("utenti/ruoli/<int:pk>/togli/", utenti_viste.togli_ruolo, name="togli_ruolo"),
    path("utenti/ruoli/<int:pk>/sezioni/", utenti_viste.sezioni, name="sezioni_digitatore"),
    path("<slug:slug>/", ufficio.elezione, name="elezione"),
    path("<slug:slug>/stemma", ufficio.stemma, name="stemma"),
    path("<slug:slug>/atti/", viste_atti.atti, name="atti"),
    path("<slug:slug>/atti/<int:numero>/", viste_atti.atto, name="atto"),
    path("<slug:slug>/dati/", viste_avvio.dati, name="elezione_dati"),
    path("<slug:slug>/sezioni/", viste_avvio.sezioni, name="sezioni"),
    path("<slug:slug>/sezioni/crea/", viste_avvio.crea_sezioni, name="crea_sezioni"),
    path("<slug:slug>/sezioni/copia/", viste_avvio.copia_sezioni, name="copia_sezioni"),
    path("<slug:slug>/sezioni/sedi/", viste_avvio.sedi, name="sedi"),
    path("<slug:slug>/sezioni/nuova/", viste_avvio.sezione, name="nuova_sezione"),
    path("<slug:slug>/sezioni/<int:numero>/", viste_avvio.sezione, name="sezione"),
    path("<slug:slug>/sezioni/<int:numero>/elimina/", viste_avvio.elimina_sezione, name="elimina_sezione"),
    path("<slug:slug>/scadenzario/", viste_scadenzario.scadenzario, name="scadenzario"),
    path("<slug:slug>/scadenzario/ics/<str:firma>/", viste_scadenzario.ics, name="scadenzario_ics"),
    path("<slug:slug>/scadenzario/<slug:codice>/", viste_scadenzario.scadenza, name="scadenza"),
    path(
        "<slug:slug>/scadenzario/<slug:codice>/allegato/",
        viste_scadenzario.allegato,
        name="scadenza_allegato",
    ),
    path("<slug:slug>/convocazione/", viste_convocazione.convocazione, name="convocazione"),
    path("<slug:slug>/convocazione/cartoline/", viste_convocazione.cartoline_aire, name="cartoline_aire"),
    path("<slug:slug>/convocazione/sede/", viste_convocazione.cambio_sede, name="nuovo_cambio_sede"),
    path("<slug:slug>/convocazione/sede/<int:pk>/", viste_convocazione.cambio_sede, name="cambio_sede"),
    path(
        "<slug:slug>/convocazione/<slug:tipo>/produci/",
        viste_convocazione.documento,
        name="convocazione_documento",
    ),
    path("<slug:slug>/propaganda/", viste_propaganda.propaganda, name="propaganda"),
    path("<slug:slug>/propaganda/assegna/", viste_propaganda.assegna, name="assegna_spazi"),
    path(
        "<slug:slug>/propaganda/<int:numero>/togli/", viste_propaganda.elimina_spazio, name="elimina_spazio"
    ),
    path("<slug:slug>/elettori/", viste_elettori.elettori, name="elettori"),
    path("<slug:slug>/elettori/revisione/", viste_elettori.rilevazione, name="rilevazione"),
    path("<slug:slug>/elettori/particolare/", viste_elettori.particolare, name="nuovo_particolare"),
    path("<slug:slug>/elettori/particolare/<int:pk>/", viste_elettori.particolare, name="particolare"),
    path(
        "<slug:slug>/elettori/sezione/<int:numero>/elenco/",
        viste_elettori.elenco_presidente,
        name="elenco_presidente",
    ),
    path("<slug:slug>/elettori/attestato/", viste_elettori.attestato, name="attestato"),
]
