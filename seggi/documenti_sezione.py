"""Papers of the section: tally sheets and blank communications, each with the code that opens its record,
and the table of the ballots that are valid, the same for every presidente.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.core.exceptions import ValidationError

from comuni.atti import produce_atto
from comuni.fonti import finalisti, scheda_in_corsa
from comuni.legge import ore_affluenza, parametri_di
from comuni.models import Atto, Elezione, Sezione
from comuni.parole_data import data_estesa, giorni_estesi
from electoral.permessi import Azione
from norme.parametri import ParametroIgnoto
from norme.tavola_applicata import PROVE, TavolaApplicata, apply_tavola
from seggi.documenti import base_documento, codice_qr, key_of, say_sezioni

Pagina = Callable[[int], str]
Fra = tuple[int, int] | None


def _sezioni(elezione: Elezione, fra: Fra) -> list[Sezione]:
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    trovate = list(sezioni.filter(numero__range=fra) if fra else sezioni)
    if not trovate:
        quale = f"La sezione {fra[0]} non c'è" if fra else "L'elezione non ha ancora sezioni"
        raise ValidationError(f"{quale}: controllare la pagina delle sezioni.", code="vuoto")
    return trovate


def _fogli(elezione: Elezione, *, pagina_di: Pagina, fra: Fra) -> list[dict[str, object]]:
    return [
        {
            "sezione": sezione.numero,
            "sede": " ".join(filter(None, [sezione.plesso, sezione.indirizzo])),
            "elettori_m": sezione.elettori_m,
            "elettori_f": sezione.elettori_f,
            "codice": codice_qr(pagina_di(sezione.numero)),
        }
        for sezione in _sezioni(elezione, fra)
    ]


def _scheda(elezione: Elezione, *, turno: int) -> list[dict[str, object]]:
    """Who is on the ballot; at the ballottaggio the two admitted, voted alone (art. 72 c. 8 TUEL)."""
    scheda = scheda_in_corsa(elezione)
    if not scheda:
        raise ValidationError("Non ci sono ancora candidati ammessi: i moduli portano i loro nomi.")
    if turno == 2:
        ammessi = finalisti(elezione)
        if not ammessi:
            raise ValidationError(
                "Non si sa ancora chi va al ballottaggio: servono i risultati del primo turno."
            )
        return [{"numero": s.numero, "nome": s.nome, "liste": []} for s in scheda if s.numero in ammessi]
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


def _giorni(elezione: Elezione, *, turno: int) -> dict[str, object]:
    """The days of the ballottaggio, in place of those of the first round."""
    if turno != 2:
        return {}
    if elezione.data_ballottaggio is None:
        raise ValidationError("L'elezione non ha la data del ballottaggio: scriverla nei dati generali.")
    return {"giorni": giorni_estesi(elezione.data_ballottaggio, quanti=elezione.giorni)}


def _produce(
    elezione: Elezione,
    *,
    modello: str,
    titolo: str,
    pagina_di: Pagina,
    turno: int,
    fra: Fra,
    by,
    altro: dict[str, object],
) -> Atto:
    altro = {**_giorni(elezione, turno=turno), **altro}
    nome = f"{titolo}, ballottaggio" if turno == 2 else titolo
    return produce_atto(
        elezione,
        tipo=modello,
        oggetto=key_of(fra, turno=turno),
        titolo=nome + say_sezioni(fra),
        modello=modello,
        contesto={
            **base_documento(elezione, nome),
            "ballottaggio": turno == 2,
            "fogli": _fogli(elezione, pagina_di=pagina_di, fra=fra),
            "sindaci": _scheda(elezione, turno=turno),
            **altro,
        },
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def produce_tabelle(
    elezione: Elezione, *, pagina_di: Pagina, turno: int = 1, fra: Fra = None, by=None
) -> Atto:
    """The tally sheets: sindaci and lists, then the preferences list by list (art. 68 TU)."""
    return _produce(
        elezione,
        modello="tabelle_scrutinio",
        titolo="Tabelle di scrutinio",
        pagina_di=pagina_di,
        turno=turno,
        fra=fra,
        by=by,
        altro={},
    )


def produce_comunicazioni(
    elezione: Elezione, *, pagina_di: Pagina, turno: int = 1, fra: Fra = None, by=None
) -> Atto:
    """The blank communications of turnout, at the hours of the law, and of the count."""
    primo = elezione.data_ballottaggio if turno == 2 and elezione.data_ballottaggio else elezione.data
    ore = ore_affluenza(elezione, primo=primo)
    rilevazioni = [
        {
            "quando": data_estesa(primo + timedelta(days=giorno), con_giorno=True),
            "ora": ora.replace(":", "."),
            "ultima": n == len(ore),
        }
        for n, (giorno, ora) in enumerate(ore, start=1)
    ]
    return _produce(
        elezione,
        modello="comunicazioni_sezione",
        titolo="Comunicazioni di affluenza e scrutinio",
        pagina_di=pagina_di,
        turno=turno,
        fra=fra,
        by=by,
        altro={"rilevazioni": rilevazioni},
    )


def produce_casi(elezione: Elezione, *, turno: int = 1, by=None) -> Atto:
    """What the marks on a ballot are worth here, with the marks of evidence: one copy for each presidente."""
    giorni = _giorni(elezione, turno=turno)
    try:
        tavola = apply_tavola(parametri_di(elezione), turno=turno)
    except ParametroIgnoto as ignoto:
        raise ValidationError(
            "Le regole sul voto dell'ordinamento di questa elezione non sono state raccolte: il foglio"
            " non si fa."
        ) from ignoto
    titolo = "Casi di validità della scheda" + (", ballottaggio" if turno == 2 else "")
    return produce_atto(
        elezione,
        tipo="casi_validita",
        oggetto=key_of(None, turno=turno),
        titolo=titolo,
        modello="casi_validita",
        contesto={
            **base_documento(elezione, titolo),
            **giorni,
            "ballottaggio": turno == 2,
            "regime": _regime(elezione, tavola, turno=turno),
            "gruppi": [
                {"titolo": nome, "righe": [asdict(riga) for riga in righe]} for nome, righe in tavola.gruppi
            ],
            "prove": PROVE,
            "dubbi": tavola.has_dubbi,
        },
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def _regime(elezione: Elezione, tavola: TavolaApplicata, *, turno: int) -> list[str]:
    """Which law the table is of, in sentences."""
    legge = f"{elezione.get_ordinamento_display()}, {elezione.get_sistema_display()}."
    frasi = [legge[0].upper() + legge[1:]]
    if turno == 1:
        frasi += [tavola.frase_voto, tavola.frase_preferenze]
    return [*frasi, tavola.frase_regione] if tavola.frase_regione else frasi


PRODUCE = {"tabelle": produce_tabelle, "comunicazioni": produce_comunicazioni}
