"""Corrections after the filing: what was typed wrong, a name that was forgotten, a name too many."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from candidature import rettifiche as dominio
from candidature.identita import say_differenze
from candidature.istruttoria import refresh_rilievi
from candidature.models import Lista
from candidature.moduli_fatti import (
    CandidatoDimenticatoForm,
    CorreggiListaForm,
    CorreggiPersonaForm,
    CorreggiSindacoForm,
    TogliCandidatoForm,
)
from candidature.pagine.aiuti import briciole, lista_di, refuse_nul, url
from candidature.presentazione import NonConsentito
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def rettifica(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Choose what to correct; the values that are there now are already in the fields."""
    lista = lista_di(elezione, pk)
    versione = getattr(lista, "versione_presentata", None)
    if versione is None:
        messages.info(request, "La lista non è ancora stata trasmessa: i dati si cambiano direttamente.")
        return redirect(url("lista", elezione, pk))
    moduli = _moduli(request, lista)
    azione = request.POST.get("azione", "") if request.method == "POST" else ""
    if azione in moduli:
        try:
            refuse_nul(request)
            if moduli[azione].is_valid():
                messages.success(request, _do(request, lista, azione, moduli[azione]))
                refresh_rilievi(elezione)
                return redirect(url("rettifica", elezione, pk))
        except (NonConsentito, ValidationError) as errore:
            testo = " ".join(errore.messages) if isinstance(errore, ValidationError) else str(errore)
            moduli[azione].is_valid()
            moduli[azione].add_error(None, testo)
    contesto = {
        "titolo": f"Rettifiche di «{lista.denominazione}»",
        "lista": lista,
        "versione": versione,
        "chi": _chi(request, lista),
        "scelte": _scelte(lista),
        "rettifiche": lista.rettifiche.select_related("autore").order_by("-pk"),
        "briciole": briciole(elezione, (lista.denominazione, url("lista", elezione, pk)), ("Rettifiche", "")),
        **moduli,
    }
    return render(request, "candidature/rettifica.html", contesto, status=422 if azione else 200)


def _scelte(lista: Lista) -> list[tuple[str, str]]:
    return [
        ("lista", "Dati della lista"),
        ("sindaco", f"Candidato sindaco: {lista.sindaco}"),
        *((f"candidati.{c.numero}", f"{c.numero}. {c}") for c in lista.candidati.order_by("numero")),
    ]


def _chi(request: HttpRequest, lista: Lista) -> str:
    chi = request.POST.get("chi") or request.GET.get("chi") or ""
    return chi if chi in dict(_scelte(lista)) else ""


def _moduli(request: HttpRequest, lista: Lista) -> dict[str, object]:
    """The three forms; only the one that was sent is bound."""
    azione = request.POST.get("azione", "")

    def dati(nome: str):
        return request.POST if azione == nome else None

    moduli: dict[str, object] = {
        "aggiungi": CandidatoDimenticatoForm(
            dati("aggiungi"), prefix="nuovo", initial={"numero": lista.candidati.count() + 1}
        ),
        "togli": TogliCandidatoForm(dati("togli"), prefix="togli", lista=lista),
    }
    chi = _chi(request, lista)
    if chi:
        # a copy: the form writes in its instance, the correction must compare with what is stored
        oggetto, modulo = _oggetto(lista, chi)
        moduli["correggi"] = modulo(dati("correggi"), prefix="giusto", instance=copy(oggetto))
    return moduli


def _oggetto(lista: Lista, chi: str):
    if chi == "lista":
        return lista, CorreggiListaForm
    if chi == "sindaco":
        return lista.sindaco, CorreggiSindacoForm
    candidato = lista.candidati.filter(numero=int(chi.removeprefix("candidati."))).first()
    if candidato is None:
        raise Http404("Candidato non trovato.")
    return candidato, CorreggiPersonaForm


def _do(request: HttpRequest, lista: Lista, azione: str, form) -> str:
    dati = dict(form.cleaned_data)
    motivo = dati.pop("motivo")
    if azione == "correggi":
        fatte = dominio.correct_all(
            lista, chi=_chi(request, lista), dati=dati, motivo=motivo, by=request.user
        )
        return f"Rettifiche registrate: {len(fatte)}."
    numero = dati.pop("numero")
    if azione == "togli":
        dominio.remove_candidato(lista, numero=numero, motivo=motivo, by=request.user)
        return f"Tolto il candidato n. {numero}: gli altri sono risaliti di un posto."
    nuovo = dominio.add_candidato(
        lista, numero=numero, sposta=dati.pop("sposta"), dati=dati, motivo=motivo, by=request.user
    )
    if avviso := say_differenze(nuovo):
        messages.warning(request, avviso)
    if lista.is_decisa:
        messages.warning(request, "La lista era già decisa: la commissione deve confermare la decisione.")
    return f"Aggiunto il candidato n. {numero}, {nuovo}."
