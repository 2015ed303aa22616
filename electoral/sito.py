"""The admin site: who may open it."""

from django.contrib import admin
from django.http import HttpRequest


class UrnaAdminSite(admin.AdminSite):
    site_header = "Urna"
    site_title = "Urna"
    index_title = "Archivi"

    def has_permission(self, request: HttpRequest) -> bool:
        """Anybody with a role in a comune may open the admin; what she sees is scoped."""
        utente = request.user
        return utente.is_active and utente.is_authenticated and (utente.is_superuser or bool(utente._coppie))
