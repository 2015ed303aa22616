"""The page "Quanto vale la scheda": the marks on one ballot, what they are worth, the whole table below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comuni.legge import parametri_di
from comuni.models import Elezione
from electoral.permessi import Azione, puo
from norme.parametri import Parametri, ParametroIgnoto
from norme.preferenze import SessoIgnoto
from norme.tavola_applicata import TavolaApplicata, apply_tavola
from norme.voto import regole_at
from risultati.accesso_sezioni import pagina_giornata
from risultati.forms_scheda import SchedaForm
from risultati.models import Turno
from risultati.schede_in_sezione import Risposta, SchedaStampata, answer, load_scheda


@require_safe
@pagina_giornata(Azione.DIGITARE, Azione.VEDERE_RISULTATI)
def quanto_vale(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    """The form is sent with GET, so that an answer has an address; nothing is stored."""
    parametri, scheda = parametri_di(elezione), load_scheda(elezione, turno)
    tavola = _tavola(parametri, turno)
    mancanze = scheda.mancanze if tavola and tavola.is_voto_unico and turno == Turno.PRIMO else []
    form, risposta = None, None
    if tavola and scheda.sindaci and not mancanze:
        form = SchedaForm(request.GET, scheda=scheda, tavola=tavola)
        risposta = _answer(form, parametri, scheda, tavola)
    contesto = {
        "titolo": "Quanto vale la scheda",
        "sottotitolo": "I segni visti su una scheda, e a chi vanno i voti. È un parere: decide l'ufficio"
        " della sezione (art. 54 TU), e qui non si registra niente.",
        "elezione": elezione,
        "turno": turno,
        "scheda": scheda,
        "mancanze": mancanze,
        "form": form,
        "risposta": risposta,
        "tavola": tavola,
        "vede_uffici": puo(request.user, Azione.VEDERE_UFFICI, elezione.comune_id),
    }
    stato = 422 if form is not None and form.errors else 200
    return render(request, "giornata/quanto_vale.html", contesto, status=stato)


def _tavola(parametri: Parametri, turno: int) -> TavolaApplicata | None:
    """The table of this election; none where the law of the region was not collected."""
    try:
        return apply_tavola(parametri, turno=turno)
    except ParametroIgnoto:
        return None


def _answer(
    form: SchedaForm, parametri: Parametri, scheda: SchedaStampata, tavola: TavolaApplicata
) -> Risposta | None:
    if not form.is_valid():
        return None
    # where the law of the preferences was not found, a ballot without them is worth the same
    massime = None if tavola.massime else form.cleaned_data.get("massime") or 1
    regole = regole_at(parametri, preferenze_massime=massime)
    try:
        return answer(form.segni(), scheda=scheda, regole=regole, tavola=tavola)
    except SessoIgnoto as ignoto:
        form.add_error(
            None,
            f"Manca il sesso del candidato n. {ignoto.candidato} della lista votata, e da quello dipende la"
            " seconda preferenza: si scrive nella pagina della lista.",
        )
        return None
