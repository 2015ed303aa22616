"""Electoral posters: how many spaces, the boards of each, the act of assignment (arts. 2-4 l. 212/1956)."""

from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError

from comuni.atti import cornice, produce_atto
from comuni.fonti import liste_in_corsa
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione, SpazioPropaganda
from comuni.parole_data import data_estesa
from comuni.scadenzario import adempimenti_di
from norme.calendario import Adempimento
from norme.parametri import ParametroIgnoto, Valore
from norme.propaganda import spese_elettorali


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


def _rows(spazi: list[SpazioPropaganda]) -> list[dict[str, object]]:
    return [{"numero": s.numero, "centro": s.centro_abitato, "ubicazione": s.ubicazione} for s in spazi]


def produce_spazi(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The text of the giunta that sets the spaces, before the lists are known (art. 2 l. 212/1956)."""
    spazi, regola = list(SpazioPropaganda.objects.di(elezione)), spazi_di_legge(elezione)
    if not spazi:
        raise ValidationError("Nessuno spazio registrato: aggiungerli, uno per ubicazione.", code="vuoto")
    finestra = next((a for a in adempimenti_di(elezione) if a.codice == "spazi_propaganda"), None)
    return produce_atto(
        elezione,
        tipo="delibera_spazi",
        titolo="Individuazione degli spazi di propaganda",
        modello="delibera_spazi",
        contesto={
            **cornice(elezione, "Individuazione degli spazi di propaganda", data=data),
            "spazi": _rows(spazi),
            "popolazione": elezione.popolazione_legale,
            "minimo": regola.valore["minimo"] if regola else None,
            "massimo": regola.valore["massimo"] if regola else None,
            "dal": data_estesa(finestra.dal) if finestra else "",
            "al": data_estesa(finestra.data) if finestra else "",
            "residenti": parametri_di(elezione).intero("centro_abitato_residenti"),
        },
        by=by,
    )


def produce_regole(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The rules of propaganda for lists and candidates, with the days of this election."""
    calendario = {a.codice: a for a in adempimenti_di(elezione)}
    parametri = parametri_di(elezione)
    riquadro = parametri.valore("riquadro_lista")
    return produce_atto(
        elezione,
        tipo="regole_propaganda",
        titolo="Regole della propaganda elettorale",
        modello="regole_propaganda",
        contesto={
            **cornice(elezione, "Regole della propaganda elettorale", data=data),
            "divieti_dal": _day(calendario.get("divieti_propaganda"), "dal"),
            "sondaggi_dal": _day(calendario.get("divieto_sondaggi"), "dal"),
            "ultima": _day(calendario.get("ultima_propaganda"), "data"),
            "silenzio_dal": _day(calendario.get("silenzio_elettorale"), "dal"),
            "chiusura": _day(calendario.get("silenzio_elettorale"), "data"),
            "metri": parametri.intero("distanza_propaganda_metri"),
            "base": riquadro["base"],
            "altezza": riquadro["altezza"],
            "spese": describe_spese(elezione),
        },
        by=by,
    )


def describe_spese(elezione: Elezione) -> dict[str, object] | None:
    """What candidates are told of their expenses, where the law limits them."""
    spese = spese_elettorali(parametri_di(elezione))
    return asdict(spese) if spese else None


def _day(voce: Adempimento | None, campo: str) -> str:
    return data_estesa(getattr(voce, campo), con_giorno=True) if voce else ""


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
        **cornice(elezione, "Assegnazione dei riquadri di propaganda", data=data),
        "spazi": _rows(spazi),
        "liste": liste,
        "base": riquadro["base"],
        "altezza": riquadro["altezza"],
    }
    return produce_atto(
        elezione,
        tipo="assegnazione_spazi",
        titolo="Delimitazione e assegnazione degli spazi di propaganda",
        modello="assegnazione_spazi",
        contesto=contesto,
        by=by,
    )
