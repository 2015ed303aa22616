"""Electoral posters: how many spaces, the boards of each, the act of assignment (arts. 2-4 l. 212/1956)."""

from datetime import date

from django.core.exceptions import ValidationError

from comuni.atti import produce_atto
from comuni.fonti import liste_in_corsa
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione, SpazioPropaganda
from comuni.parole_data import data_estesa
from norme.parametri import ParametroIgnoto, Valore


def spazi_di_legge(elezione: Elezione) -> Valore | None:
    """Least and most spaces in each centro abitato for that population; None when not known."""
    try:
        return parametri_di(elezione)["spazi_propaganda"]
    except ParametroIgnoto:
        return None


def add_spazio(elezione: Elezione, *, centro_abitato: str, ubicazione: str) -> SpazioPropaganda:
    """The next space of the election."""
    ultimo = (
        SpazioPropaganda.objects.di(elezione).order_by("-numero").values_list("numero", flat=True).first()
    )
    return SpazioPropaganda.objects.create(
        elezione=elezione,
        numero=(ultimo or 0) + 1,
        centro_abitato=centro_abitato.strip(),
        ubicazione=ubicazione.strip(),
    )


def check_spazi(elezione: Elezione) -> list[str]:
    """For each centro abitato outside the bounds of the law, a sentence that says it."""
    regola = spazi_di_legge(elezione)
    if regola is None:
        return []
    per_centro: dict[str, int] = {}
    for spazio in SpazioPropaganda.objects.di(elezione):
        per_centro[spazio.centro_abitato] = per_centro.get(spazio.centro_abitato, 0) + 1
    minimo, massimo = regola.valore["minimo"], regola.valore["massimo"]
    return [
        f"{centro}: {quanti} spazi; la legge ne vuole da {minimo} a {massimo} ({regola.riferimento})."
        for centro, quanti in per_centro.items()
        if not minimo <= quanti <= massimo
    ]


def produce_assegnazione(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The act of delimitation and assignment: in every space one board per list, in order of admission."""
    spazi, liste = list(SpazioPropaganda.objects.di(elezione)), liste_in_corsa(elezione)
    if not spazi:
        raise ValidationError("Nessuno spazio registrato: la giunta li stabilisce prima.", code="vuoto")
    if not liste:
        raise ValidationError(
            "Nessuna lista ammessa: i riquadri si assegnano dopo la decisione della commissione.",
            code="liste",
        )
    riquadro = parametri_di(elezione).valore("riquadro_lista")
    contesto = {
        "comune": elezione.comune.nome,
        "provincia": elezione.comune.provincia,
        "titolo": "Assegnazione dei riquadri di propaganda",
        "spazi": [
            {"numero": s.numero, "centro": s.centro_abitato, "ubicazione": s.ubicazione} for s in spazi
        ],
        "liste": liste,
        "base": riquadro["base"],
        "altezza": riquadro["altezza"],
        "luogo": elezione.comune.nome,
        "data": data_estesa(data),
    }
    return produce_atto(
        elezione,
        tipo="assegnazione_spazi",
        titolo="Delimitazione e assegnazione degli spazi di propaganda",
        modello="assegnazione_spazi",
        contesto=contesto,
        by=by,
    )
