"""The mixins of the admin every room uses: scoped, read-only, with history."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import Http404

from electoral.models import Lavoro, Utente
from electoral.permessi import Azione, comuni_dove


class PerComuneAdmin(admin.ModelAdmin):
    """Rows of the user's comuni only, by role: another comune's object does not exist (404)."""

    azione_vedere: Azione = Azione.VEDERE_ELEZIONE
    azione_modificare: Azione = Azione.PREPARARE_ELEZIONE
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).visibili_a(request.user, self.azione_vedere)

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
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs and hasattr(manager.all(), "visibili_a"):
            kwargs["queryset"] = manager.all().visibili_a(request.user, self.azione_modificare)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


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


@admin.register(Utente)
class UtenteAdmin(SoloAmministratoreMixin, UserAdmin):
    list_display = ["username", "last_name", "first_name", "email", "is_active", "last_login"]
    search_fields = ["username", "last_name", "first_name", "email"]
    list_filter = ["is_active", "is_superuser", "appartenenze__ruolo"]


@admin.register(Lavoro)
class LavoroAdmin(SolaLetturaMixin, SoloAmministratoreMixin, admin.ModelAdmin):
    list_display = ["id", "tipo", "stato", "avanzamento", "richiesto_da", "creato_il", "finito_il"]
    list_filter = ["stato", "tipo"]
    search_fields = ["chiave", "errore"]
    has_add_permission = SolaLetturaMixin.has_add_permission
    has_change_permission = has_delete_permission = SolaLetturaMixin.has_change_permission
