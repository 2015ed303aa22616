"""Pages of the login that are ours: the invitation, and the pause after too many attempts."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from electoral.accesso import utente_dell_invito


@never_cache
@sensitive_post_parameters()
def accetta_invito(request: HttpRequest, token: str) -> HttpResponse:
    """Who was invited chooses her password, once."""
    utente = utente_dell_invito(token)
    if utente is None:
        return render(request, "accesso/invito_scaduto.html", {"titolo": "Invito non valido"}, status=410)
    form = SetPasswordForm(utente, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Password impostata. Entri con il nome utente {utente.username}.")
        return redirect("account_login")
    contesto = {"titolo": "Benvenuto in Urna", "utente": utente, "form": form}
    return render(request, "accesso/invito.html", contesto)
