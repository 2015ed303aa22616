"""Pages of the users: for the amministratore all of them, for the responsabile those of her comuni."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from comuni import utenti as dominio
from comuni.models import Appartenenza, Comune
from comuni.ricerca import suggerimenti
from comuni.utenti_moduli import (
    InvitoModulo,
    PostaModulo,
    RuoloModulo,
    SezioniModulo,
    SuTuttiModulo,
)
from electoral.accesso import GIORNI_INVITO, invito
from electoral.models import Utente
from electoral.permessi import COSA_PERMETTE, PERMESSI, Azione, Ruolo, comuni_dove

PER_PAGINA = 50


def pagina_di_chi_gestisce(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For amministratori and for who manages the users of some comune; others get 403."""

    @wraps(vista)
    @login_required
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        comuni = comuni_dove(request.user, Azione.GESTIRE_UTENTI)
        if comuni is not None and not comuni:
            raise PermissionDenied("Gli utenti li gestisce il responsabile dell'ufficio elettorale.")
        return vista(request, *args, **kwargs)

    return wrapped


def comuni_gestiti(request: HttpRequest) -> QuerySet[Comune]:
    return Comune.objects.visibili_a(request.user, Azione.GESTIRE_UTENTI)


def _utente(request: HttpRequest, pk: int) -> Utente:
    """A user the manager may see: with a role in her comuni; others do not exist."""
    return get_object_or_404(dominio.gestibili_da(request.user), pk=pk)


def _indirizzo(request: HttpRequest, utente: Utente) -> str:
    return request.build_absolute_uri(reverse("invito", args=[invito(utente)]))


@pagina_di_chi_gestisce
def elenco(request: HttpRequest) -> HttpResponse:
    cerca, ruolo, fuori = (
        request.GET.get("q", "").strip(),
        request.GET.get("ruolo", ""),
        "attivi" in request.GET,
    )
    trovati = dominio.gestibili_da(request.user)
    for parola in cerca.split():
        trovati = trovati.filter(
            Q(last_name__icontains=parola)
            | Q(first_name__icontains=parola)
            | Q(username__icontains=parola)
            | Q(email__icontains=parola)
            | Q(pk__in=_con_ruolo_in(request, parola))
        )
    if ruolo in Ruolo.values:
        nei_suoi = Appartenenza.objects.filter(ruolo=ruolo, comune__in=comuni_gestiti(request))
        trovati = trovati.filter(pk__in=nei_suoi.values("utente"))
    if fuori:
        trovati = trovati.filter(is_active=True)
    contesto = {
        "titolo": "Utenti",
        "page_obj": Paginator(trovati, PER_PAGINA).get_page(request.GET.get("page")),
        "cerca": cerca,
        "ruolo": ruolo,
        "solo_attivi": fuori,
        "ruoli": Ruolo.choices,
    }
    return render(request, "ufficio/utenti/elenco.html", contesto)


def _con_ruolo_in(request: HttpRequest, nome: str):
    comuni = comuni_gestiti(request).filter(nome__icontains=nome)
    return Appartenenza.objects.filter(comune__in=comuni).values("utente")


@pagina_di_chi_gestisce
def invita(request: HttpRequest) -> HttpResponse:
    comuni = comuni_gestiti(request)
    form = InvitoModulo(request.POST or None, comuni=comuni)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        try:
            utente, nuovo = dominio.invite_utente(
                nome=dati["nome"],
                cognome=dati["cognome"],
                email=dati["email"],
                username=dati["username"],
                ruoli=[dominio.RuoloDaDare(dati["comune"], Ruolo(dati["ruolo"]))],
            )
        except ValidationError as errore:
            form.add_error(None, errore)
        else:
            return _dopo_l_invito(request, utente, nuovo=nuovo, manda=dati["manda"])
    contesto = {
        "titolo": "Invita una persona",
        "form": form,
        "suggerimenti": suggerimenti(comuni),
        "briciole": briciole_utenti("Invita"),
    }
    return render(request, "ufficio/utenti/invita.html", contesto)


def briciole_utenti(ultima: str) -> list[tuple[str, str]]:
    return [("Utenti", reverse("comuni:utenti")), (ultima, "")]


def _dopo_l_invito(request: HttpRequest, utente: Utente, *, nuovo: bool, manda: bool) -> HttpResponse:
    if not nuovo:
        messages.info(request, f"{utente} ({utente.username}) era già conosciuto: ha ricevuto il ruolo.")
        return redirect("comuni:utente", utente.pk)
    if manda:
        return _manda(request, utente)
    return consegna_inviti(request, [utente])


def _manda(request: HttpRequest, utente: Utente) -> HttpResponse:
    try:
        dominio.send_invito(utente, indirizzo=_indirizzo(request, utente))
    except OSError:
        messages.error(
            request, "Il messaggio non è partito: il servizio di posta non risponde. Usi il foglio."
        )
        return consegna_inviti(request, [utente])
    messages.success(request, f"Invito mandato a {utente.email}.")
    return redirect("comuni:utente", utente.pk)


def consegna_inviti(request: HttpRequest, utenti: list[Utente]) -> HttpResponse:
    """The sheet to hand over: user name and link of each."""
    inviti = [(utente, _indirizzo(request, utente)) for utente in utenti]
    contesto = {"titolo": "Inviti da consegnare", "inviti": inviti, "giorni": GIORNI_INVITO}
    return render(request, "ufficio/utenti/consegna.html", contesto | {"briciole": briciole_utenti("Inviti")})


@pagina_di_chi_gestisce
def utente(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the roles in the manager's comuni; POST adds one."""
    persona, comuni = _utente(request, pk), comuni_gestiti(request)
    form = RuoloModulo(request.POST or None, comuni=comuni)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        dominio.grant_ruolo(persona, comune=dati["comune"], ruolo=dati["ruolo"])
        messages.success(request, f"Ruolo dato: {Ruolo(dati['ruolo']).label}, {dati['comune']}.")
        return redirect("comuni:utente", pk)
    contesto = {
        "titolo": str(persona),
        "briciole": briciole_utenti(str(persona)),
        "persona": persona,
        "form": form,
        "suggerimenti": suggerimenti(comuni),
        "governa": dominio.governa_l_accesso(request.user, persona),
        "su_tutti": SuTuttiModulo(comuni=Comune.objects.all()) if request.user.is_superuser else None,
    }
    return render(request, "ufficio/utenti/utente.html", contesto)


def _appartenenza(request: HttpRequest, pk: int) -> Appartenenza:
    righe = Appartenenza.objects.visibili_a(request.user, Azione.GESTIRE_UTENTI)
    return get_object_or_404(righe.select_related("utente", "comune"), pk=pk)


@pagina_di_chi_gestisce
def togli_ruolo(request: HttpRequest, pk: int) -> HttpResponse:
    appartenenza = _appartenenza(request, pk)
    persona = appartenenza.utente
    if request.method == "POST":
        dominio.revoke_ruolo(appartenenza)
        messages.success(request, f"Ruolo tolto a {persona}.")
        ancora = dominio.gestibili_da(request.user).filter(pk=persona.pk).exists()
        return redirect("comuni:utente", persona.pk) if ancora else redirect("comuni:utenti")
    contesto = {
        "titolo": "Togli il ruolo",
        "che_cosa": [
            f"{persona} non avrà più il ruolo «{appartenenza.get_ruolo_display()}» a {appartenenza.comune}.",
            "Quello che ha fatto resta registrato a suo nome.",
        ],
        "bottone": "Togli il ruolo",
        "annulla": reverse("comuni:utente", args=[persona.pk]),
        "pericolo": True,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_di_chi_gestisce
def sezioni(request: HttpRequest, pk: int) -> HttpResponse:
    """The sections that a typist may enter, in one election."""
    appartenenza = _appartenenza(request, pk)
    if appartenenza.ruolo != Ruolo.DIGITATORE:
        raise Http404("Solo l'operatore di sezione ha sezioni assegnate.")
    form = SezioniModulo(request.POST or None, comune=appartenenza.comune)
    if request.method == "POST" and form.is_valid():
        try:
            dominio.assign_sezioni(
                appartenenza, elezione=form.cleaned_data["elezione"], numeri=form.cleaned_data["sezioni"]
            )
        except ValidationError as errore:
            form.add_error("sezioni", errore)
        else:
            messages.success(request, "Sezioni assegnate.")
            return redirect("comuni:utente", appartenenza.utente_id)
    assegnate = appartenenza.sezioni.select_related("elezione__comune").order_by("elezione", "numero")
    contesto = {
        "titolo": f"Sezioni di {appartenenza.utente}",
        "form": form,
        "appartenenza": appartenenza,
        "assegnate": assegnate,
        "annulla": reverse("comuni:utente", args=[appartenenza.utente_id]),
    }
    return render(request, "ufficio/utenti/sezioni.html", contesto)


def _accesso_governato(request: HttpRequest, pk: int) -> Utente:
    persona = _utente(request, pk)
    if not dominio.governa_l_accesso(request.user, persona):
        raise PermissionDenied(
            "Questa persona lavora anche in altri comuni: il suo accesso lo gestisce altri."
        )
    return persona


@pagina_di_chi_gestisce
@require_POST
def posta(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the address of a person whose login one governs."""
    persona = _accesso_governato(request, pk)
    form = PostaModulo(request.POST)
    if form.is_valid():
        Utente.objects.filter(pk=pk).update(email=form.cleaned_data["email"])
        messages.success(request, f"Indirizzo di {persona} salvato.")
    else:
        messages.error(request, "L'indirizzo di posta non è scritto bene: controllarlo.")
    return redirect("comuni:utente", pk)


@pagina_di_chi_gestisce
@require_POST
def rinnova_invito(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link: by e-mail when asked and known, on the sheet otherwise."""
    persona = _accesso_governato(request, pk)
    if not persona.is_active:
        messages.error(request, "L'accesso è sospeso: prima lo riattivi.")
        return redirect("comuni:utente", pk)
    if "manda" in request.POST and persona.email:
        return _manda(request, persona)
    return consegna_inviti(request, [persona])


@pagina_di_chi_gestisce
def sospendi(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate or reactivate a login."""
    persona = _accesso_governato(request, pk)
    if request.method == "POST":
        dominio.set_attivo(persona, attivo=not persona.is_active)
        messages.success(request, f"Accesso {'sospeso' if persona.is_active else 'riattivato'}: {persona}.")
        return redirect("comuni:utente", pk)
    sospendere = [
        f"{persona} ({persona.username}) non potrà più entrare e, se è dentro, esce alla prossima pagina.",
        "I ruoli e quello che ha fatto restano registrati.",
    ]
    contesto = {
        "titolo": "Sospendi l'accesso" if persona.is_active else "Riattiva l'accesso",
        "che_cosa": sospendere
        if persona.is_active
        else [f"{persona} potrà di nuovo entrare, con gli stessi ruoli."],
        "bottone": "Sospendi" if persona.is_active else "Riattiva",
        "annulla": reverse("comuni:utente", args=[pk]),
        "pericolo": persona.is_active,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_di_chi_gestisce
@require_POST
def su_tutti(request: HttpRequest, pk: int) -> HttpResponse:
    """The role over a whole province (prefettura) or circondario (commissione): amministratore only."""
    if not request.user.is_superuser:
        raise PermissionDenied("Lo può fare solo l'amministratore.")
    persona = _utente(request, pk)
    form = SuTuttiModulo(request.POST, comuni=Comune.objects.all())
    if not form.is_valid():
        messages.error(request, "Scelga una provincia o un circondario dell'elenco.")
        return redirect("comuni:utente", pk)
    comuni, ruolo, nome = form.cleaned_data["ambito"]
    nuovi = dominio.grant_ruolo_su(persona, comuni=comuni, ruolo=ruolo)
    messages.success(request, f"{ruolo.label}: {nuovi} comuni in più ({nome}).")
    return redirect("comuni:utente", pk)


@login_required
def permessi(request: HttpRequest) -> HttpResponse:
    """The sheet of permissions: what each role may do, as the program applies it."""
    righe = [
        (testo, [azione in PERMESSI[ruolo] for ruolo in Ruolo]) for azione, testo in COSA_PERMETTE.items()
    ]
    contesto = {"titolo": "Scheda dei permessi", "ruoli": [r.label for r in Ruolo], "righe": righe}
    return render(request, "ufficio/utenti/permessi.html", contesto)
