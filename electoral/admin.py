"""The mixins of the admin every room uses: scoped, read-only, with history."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path

from electoral.cronologia import describe, eventi, modello_eventi
from electoral.models import Lavoro, Utente
from electoral.permessi import Azione, comuni_dove


class CronologiaMixin:
    """Who changed what: of one object (also after its deletion) and of the whole table."""

    variazioni_per_pagina = 50

    @property
    def ha_cronologia(self) -> bool:
        return modello_eventi(self.model) is not None

    def comuni_visibili(self, request) -> set[int] | None:
        """Whose events one may see; ``None`` means all."""
        return None

    def eventi_visibili(self, request, righe):
        """The events of those comuni that this person may read; a room may narrow them."""
        return righe

    def get_urls(self):
        nome = f"{self.opts.app_label}_{self.opts.model_name}_cronologia"
        vista = self.admin_site.admin_view(self.cronologia_view)
        return [path("cronologia/", vista, name=nome), *super().get_urls()]

    def cronologia_view(self, request):
        if not self.ha_cronologia:
            raise Http404("Tabella senza cronologia.")
        if not self.has_view_permission(request):
            raise PermissionDenied
        righe = self.eventi_visibili(request, eventi(self.model, comuni=self.comuni_visibili(request)))
        titolo = f"Cronologia: {self.opts.verbose_name_plural}"
        return self._render_cronologia(request, righe, title=titolo, oggetto=None)

    def history_view(self, request, object_id, extra_context=None):
        if not self.ha_cronologia:
            return super().history_view(request, object_id, extra_context)
        oggetto = self.get_object(request, object_id)
        if not self.has_view_permission(request, oggetto):
            raise PermissionDenied
        righe = eventi(self.model, comuni=self.comuni_visibili(request) if oggetto is None else None)
        righe = self.eventi_visibili(request, righe)
        try:
            righe = righe.filter(pgh_obj_id=self.model._meta.pk.to_python(object_id))
        except ValidationError as errore:  # not a key at all
            raise Http404("Oggetto non trovato.") from errore
        if oggetto is None and not righe.exists():
            raise Http404("Oggetto non trovato.")
        titolo = f"Cronologia: {oggetto or f'{self.opts.verbose_name} n. {object_id} (non c’è più)'}"
        return self._render_cronologia(request, righe, title=titolo, oggetto=oggetto)

    def _render_cronologia(self, request, righe, *, title: str, oggetto) -> TemplateResponse:
        page_obj = Paginator(righe, self.variazioni_per_pagina).get_page(request.GET.get("page"))
        contesto = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "oggetto": oggetto,
            "page_obj": page_obj,
            "variazioni": describe(page_obj.object_list),
        }
        return TemplateResponse(request, "admin/cronologia.html", contesto)


class PerComuneAdmin(CronologiaMixin, admin.ModelAdmin):
    """Rows of the user's comuni only, by role: another comune's object does not exist (404)."""

    azione_vedere: Azione = Azione.VEDERE_ELEZIONE
    azione_modificare: Azione = Azione.PREPARARE_ELEZIONE
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).visibili_a(request.user, self.azione_vedere)

    def comuni_visibili(self, request) -> set[int] | None:
        return comuni_dove(request.user, self.azione_vedere)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def _may(self, request, azione: Azione) -> bool:
        comuni = comuni_dove(request.user, azione)
        return comuni is None or bool(comuni)

    def has_module_permission(self, request) -> bool:
        return self._may(request, self.azione_vedere)

    def has_view_permission(self, request, obj=None) -> bool:
        return self._may(request, self.azione_vedere)

    def has_add_permission(self, request) -> bool:
        return self._may(request, self.azione_modificare)

    def has_change_permission(self, request, obj=None) -> bool:
        if obj is None:
            return self._may(request, self.azione_modificare)
        comuni = comuni_dove(request.user, self.azione_modificare)
        return (
            comuni is None
            or type(obj).objects.visibili_a(request.user, self.azione_modificare).filter(pk=obj.pk).exists()
        )

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A choice of another comune is never offered, and a crafted one is refused as invalid."""
        kwargs.setdefault("queryset", self._scelte(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self._scelte(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _scelte(self, db_field, request):
        """The rows of the linked table that this user may choose; of the users, the colleagues."""
        righe = db_field.remote_field.model._default_manager.all()
        if hasattr(righe, "visibili_a"):
            return righe.visibili_a(request.user, self.azione_modificare)
        comuni = comuni_dove(request.user, self.azione_modificare)
        if righe.model is Utente and comuni is not None:
            return righe.filter(appartenenze__comune__in=comuni).distinct()
        return righe


class SolaLetturaMixin:
    """Nothing is added, changed or deleted by hand: the domain functions write these rows."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class SoloAmministratoreMixin:
    def has_module_permission(self, request) -> bool:
        return request.user.is_superuser

    has_add_permission = has_module_permission

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    has_change_permission = has_delete_permission = has_view_permission


class PasswordForm(AdminPasswordChangeForm):
    """Django writes this help in English, outside its catalogue."""

    usable_password_help_text = (
        "Se la persona entra con una password. Se no, entra con l'accesso unico dell'ente, dove c'è."
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
        "La password di adesso si perde.</li></ul>"
    )


@admin.register(Utente)
class UtenteAdmin(CronologiaMixin, SoloAmministratoreMixin, UserAdmin):
    list_display = ["username", "last_name", "first_name", "email", "is_active", "last_login"]
    search_fields = ["username", "last_name", "first_name", "email"]
    list_filter = ["is_active", "is_superuser", "appartenenze__ruolo"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    change_password_form = PasswordForm
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Persona", {"fields": ["first_name", "last_name", "email"]}),
        ("Accesso", {"fields": ["is_active", "is_superuser", "last_login", "date_joined"]}),
    ]


@admin.register(Lavoro)
class LavoroAdmin(SolaLetturaMixin, SoloAmministratoreMixin, admin.ModelAdmin):
    list_display = ["id", "tipo", "stato", "avanzamento", "richiesto_da", "creato_il", "finito_il"]
    list_filter = ["stato", "tipo"]
    search_fields = ["chiave", "errore"]
    has_add_permission = SolaLetturaMixin.has_add_permission
    has_change_permission = has_delete_permission = SolaLetturaMixin.has_change_permission
