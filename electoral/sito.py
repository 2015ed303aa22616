"""The admin site: who may open it."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

# Tables of the libraries: people manage them from the pages of the login and of the users, or not at all.
APP_NASCOSTE = {"auth", "account", "socialaccount", "mfa", "usersessions", "pghistory"}


class UrnaAdminSite(admin.AdminSite):
    site_header = "Urna"
    site_title = "Urna"
    index_title = "Archivi"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        modelli = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        nostri = [modello for modello in modelli if modello._meta.app_label not in APP_NASCOSTE]
        super().register(nostri, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Anybody with a role in a comune may open the admin; what she sees is scoped."""
        utente = request.user
        return utente.is_active and utente.is_authenticated and (utente.is_superuser or bool(utente._coppie))

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """The one login of Urna (with its second factor and lock-out); who has no role goes to the office."""
        if request.user.is_authenticated:
            return redirect("comuni:home")
        poi = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(poi, allowed_hosts={request.get_host()}):
            poi = reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': poi})}")

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect("account_change_password")
