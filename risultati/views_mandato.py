"""The mandate: the council of any day, the events, the acts of surrogation."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from candidature.models import Candidato
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from risultati.atto_surroga import produce_atto_surroga
from risultati.forms_esito import GIORNO
from risultati.models import Proclamazione, Surroga
from risultati.surroga import SurrogaRifiutata, consiglio_al, describe_consiglio, register_surroga


class EventoForm(forms.Form):
    """Somebody leaves: who, why, from when."""

    chi = forms.ChoiceField(label="Consigliere")
    causa = forms.ChoiceField(label="Che cosa è accaduto", choices=Surroga.Causa)
    data = forms.DateField(label="Dal giorno", widget=GIORNO)
    protocollo = forms.CharField(label="Protocollo", max_length=60, required=False)

    def __init__(self, *args, righe: list[dict], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        scelte = [(r["chiave"], f"{r['nome']} ({r['lista']})") for r in righe if r["chiave"]]
        scelte += [
            (r["sospeso_chiave"], f"{r['supplente_di']} (sospeso)") for r in righe if r["sospeso_chiave"]
        ]
        self.fields["chi"].choices = [("", "—"), *scelte]


def _persona(elezione: Elezione, chiave: str):
    lista, numero = chiave.split("/")
    if lista == "sindaco":
        return elezione.candidati_sindaco.get(numero=numero)
    return Candidato.objects.select_related("lista").get(
        lista__elezione=elezione, lista__numero=lista, numero=numero
    )


def _giorno(testo: str) -> date | None:
    try:
        return date.fromisoformat(testo) if testo else None
    except ValueError:
        raise Http404("Giorno non valido.") from None


@pagina_elezione(Azione.VEDERE_RISULTATI)
def mandato(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The council today (or on ``?al=``), what happened, and the form of the next event."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    contesto = {"titolo": "Consiglio e surroghe", "elezione": elezione, "proclamazione": proclamazione}
    if proclamazione is None:
        return render(request, "esito/mandato.html", contesto)
    giorno = _giorno(request.GET.get("al", ""))
    _, oggi = (riferimento := consiglio_al(proclamazione))
    righe_oggi = describe_consiglio(*riferimento)
    puo_chiudere = puo(request.user, Azione.CHIUDERE, elezione.comune_id)
    modulo = EventoForm(request.POST or None, righe=righe_oggi, initial={"data": timezone.localdate()})
    if request.method == "POST" and puo_chiudere and modulo.is_valid():
        try:
            surroga = register_surroga(
                proclamazione,
                chi=_persona(elezione, modulo.cleaned_data["chi"]),
                causa=modulo.cleaned_data["causa"],
                data=modulo.cleaned_data["data"],
                protocollo=modulo.cleaned_data["protocollo"],
                by=request.user,
            )
        except SurrogaRifiutata as errore:
            modulo.add_error(None, str(errore))
        else:
            produce_atto_surroga(surroga, by=request.user)
            messages.success(request, surroga.motivazione["testo"])
            return redirect("esito:mandato", elezione.slug)
    eventi = list(proclamazione.surroghe.select_related("cessa_candidato", "cessa_sindaco", "subentra"))
    atti = {a.oggetto: a for a in elezione.atti.filter(tipo="surroga").order_by("pk")}
    contesto |= {
        "giorno": giorno,
        "righe": describe_consiglio(*consiglio_al(proclamazione, giorno)) if giorno else righe_oggi,
        "vacanti": oggi.vacanti,
        "eventi": [(evento, atti.get(f"surroga-{evento.pk}")) for evento in eventi],
        "modulo": modulo if puo_chiudere else None,
    }
    return render(request, "esito/mandato.html", contesto, status=422 if modulo.errors else 200)
