"""Forms of the section: tally sheets and blank communications, each with the code that opens its record."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError

from comuni.atti import produce_atto
from comuni.fonti import scheda_in_corsa
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione, Sezione
from comuni.parole_data import data_estesa
from electoral.permessi import Azione
from seggi.documenti import base_documento, codice_qr

Pagina = Callable[[int], str]


def _sezioni(elezione: Elezione, sola: int | None) -> list[Sezione]:
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    if sola is not None:
        sezioni = sezioni.filter(numero=sola)
    trovate = list(sezioni)
    if not trovate:
        quale = f"La sezione {sola} non c'è" if sola is not None else "L'elezione non ha ancora sezioni"
        raise ValidationError(f"{quale}: controllare la pagina delle sezioni.", code="vuoto")
    return trovate


def _fogli(elezione: Elezione, *, pagina_di: Pagina, sola: int | None) -> list[dict[str, object]]:
    return [
        {
            "sezione": sezione.numero,
            "sede": " ".join(filter(None, [sezione.plesso, sezione.indirizzo])),
            "elettori_m": sezione.elettori_m,
            "elettori_f": sezione.elettori_f,
            "codice": codice_qr(pagina_di(sezione.numero)),
        }
        for sezione in _sezioni(elezione, sola)
    ]


def _scheda(elezione: Elezione) -> list[dict[str, object]]:
    scheda = scheda_in_corsa(elezione)
    if not scheda:
        raise ValidationError("Non ci sono ancora candidati ammessi: i moduli portano i loro nomi.")
    return [
        {
            "numero": sindaco.numero,
            "nome": sindaco.nome,
            "liste": [
                {
                    "numero": lista.numero,
                    "nome": lista.nome,
                    "candidati": [{"numero": n, "nome": nome} for n, nome in lista.candidati],
                }
                for lista in sindaco.liste
            ],
        }
        for sindaco in scheda
    ]


def produce_tabelle(elezione: Elezione, *, pagina_di: Pagina, sola: int | None = None, by=None) -> Atto:
    """The tally sheets: sindaci and lists, then the preferences list by list (art. 68 TU)."""
    return produce_atto(
        elezione,
        tipo="tabelle_scrutinio",
        oggetto="" if sola is None else str(sola),
        titolo="Tabelle di scrutinio" + ("" if sola is None else f": sezione {sola}"),
        modello="tabelle_scrutinio",
        contesto={
            **base_documento(elezione, "Tabelle di scrutinio"),
            "fogli": _fogli(elezione, pagina_di=pagina_di, sola=sola),
            "sindaci": _scheda(elezione),
        },
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def produce_comunicazioni(elezione: Elezione, *, pagina_di: Pagina, sola: int | None = None, by=None) -> Atto:
    """The blank communications of turnout, at the hours of the law, and of the count."""
    rilevazioni = parametri_di(elezione).valore("rilevazioni_affluenza")
    return produce_atto(
        elezione,
        tipo="comunicazioni_sezione",
        oggetto="" if sola is None else str(sola),
        titolo="Comunicazioni in bianco" + ("" if sola is None else f": sezione {sola}"),
        modello="comunicazioni_sezione",
        contesto={
            **base_documento(elezione, "Comunicazioni di affluenza e scrutinio"),
            "fogli": _fogli(elezione, pagina_di=pagina_di, sola=sola),
            "rilevazioni": [
                {
                    "quando": data_estesa(elezione.data + timedelta(days=giorno), con_giorno=True),
                    "ora": ora.replace(":", "."),
                    "ultima": n == len(rilevazioni),
                }
                for n, (giorno, ora) in enumerate(rilevazioni, start=1)
            ],
            "sindaci": _scheda(elezione),
        },
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )
