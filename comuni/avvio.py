"""Start of an election: what follows by law from comune, day and population, and what is still missing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from comuni.models import Comune, Elezione, Sezione
from norme.fasce import ordinamento_di
from norme.parametri import ParametroIgnoto, Valore, parametri_at

DOMENICA = 6


@dataclass(frozen=True, slots=True)
class Conseguenza:
    """One thing the law derives: label, value in words, the parameter it comes from (None if unknown)."""

    nome: str
    etichetta: str
    testo: str
    valore: Valore | None
    ignota: str = ""


@dataclass(frozen=True, slots=True)
class Avvio:
    """What the law says of an election before anything is typed."""

    ordinamento: str
    sistema: str
    seggi_consiglio: int | None
    giorni: int
    data_ballottaggio: date
    conseguenze: tuple[Conseguenza, ...]


def derive_avvio(
    comune: Comune, *, data: date, popolazione: int, capoluogo: bool, giorni: int | None = None
) -> Avvio:
    """System, seats, days of voting, runoff and the numbers of the lists, each with its article.

    ``ValidationError`` when the day is not one the law allows to start from (a Sunday, or the Saturday).
    """
    _check_giorno(data)
    ordinamento = ordinamento_di(comune.regione)
    parametri = parametri_at(data, popolazione=popolazione, ordinamento=ordinamento, capoluogo=capoluogo)
    seggi = _get(parametri, "seggi_consiglio")
    domenica = data + timedelta(days=(DOMENICA - data.weekday()) % 7)
    return Avvio(
        ordinamento=ordinamento,
        sistema=parametri.valore("sistema"),
        seggi_consiglio=None if seggi is None else seggi.valore,
        giorni=giorni or _giorni(parametri),
        data_ballottaggio=domenica + timedelta(days=parametri.intero("ballottaggio_giorni")),
        conseguenze=tuple(_consequences(parametri)),
    )


def _check_giorno(data: date) -> None:
    if data.weekday() not in (DOMENICA, DOMENICA - 1):
        raise ValidationError(
            f"Il {data:%d/%m/%Y} non è una domenica: indicare il primo giorno di voto "
            "(la domenica, o il sabato nelle tornate che cominciano di sabato).",
            code="giorno",
        )


def _giorni(parametri) -> int:
    votazione = _get(parametri, "votazione")
    if votazione is None:
        raise ValidationError(
            "I giorni di voto di quell'anno non sono noti: indicarli (uno o due), come nel decreto.",
            code="giorni_ignoti",
        )
    return votazione.valore["giorni"]


def _get(parametri, nome: str) -> Valore | None:
    try:
        return parametri[nome]
    except ParametroIgnoto:
        return None


def _consequences(parametri) -> list[Conseguenza]:
    voci = [
        ("sistema", "Sistema elettorale", _words_sistema),
        ("seggi_consiglio", "Consiglieri assegnati", str),
        ("firme", "Sottoscrizioni per lista", _words_firme),
        ("preferenze_massime", "Preferenze", str),
        ("durata_mandato_anni", "Durata del mandato", lambda v: f"{v} anni"),
    ]
    trovate = []
    for nome, etichetta, words in voci:
        try:
            valore = parametri[nome]
        except ParametroIgnoto as errore:
            trovate.append(Conseguenza(nome, etichetta, "non noto", None, str(errore)))
            continue
        trovate.append(Conseguenza(nome, etichetta, words(valore.valore), valore))
    return trovate


def _words_sistema(sistema: str) -> str:
    return (
        "maggioritario, turno unico (art. 71)" if sistema == "fino_15000" else "a doppio turno (artt. 72-73)"
    )


def _words_firme(firme) -> str:
    return f"da {firme['minimo']} a {firme['massimo']}" if firme["minimo"] else "nessuna"


def check_derivati(elezione: Elezione) -> list[str]:
    """Where the stored system or seats are not those the law derives: said, never corrected by itself."""
    if elezione.popolazione_legale is None:
        return []
    parametri = parametri_at(
        elezione.data,
        popolazione=elezione.popolazione_legale,
        ordinamento=elezione.ordinamento,
        capoluogo=elezione.capoluogo,
    )
    sistema, seggi = _get(parametri, "sistema"), _get(parametri, "seggi_consiglio")
    diversi = []
    if sistema is not None and sistema.valore != elezione.sistema:
        diversi.append(
            f"Il sistema registrato è «{elezione.get_sistema_display()}», ma con questa popolazione la legge "
            f"dispone: {_words_sistema(sistema.valore)} ({sistema.riferimento})."
        )
    if seggi is not None and elezione.seggi_consiglio not in (None, seggi.valore):
        diversi.append(
            f"I consiglieri registrati sono {elezione.seggi_consiglio}, ma la legge ne assegna "
            f"{seggi.valore} ({seggi.riferimento})."
        )
    return diversi


@transaction.atomic
def create_elezione(
    comune: Comune,
    *,
    data: date,
    popolazione: int,
    capoluogo: bool,
    giorni: int | None = None,
    seggi_consiglio: int | None = None,
    copia_da: Elezione | None = None,
    prova: bool = False,
) -> Elezione:
    """Create the election with what the law derives; optionally with the sections of a previous one."""
    avvio = derive_avvio(comune, data=data, popolazione=popolazione, capoluogo=capoluogo, giorni=giorni)
    elezione = Elezione(
        comune=comune,
        slug=free_slug(f"{slugify(comune.nome)}-{data.year}" + ("-prova" if prova else "")),
        data=data,
        giorni=avvio.giorni,
        data_ballottaggio=avvio.data_ballottaggio,
        popolazione_legale=popolazione,
        capoluogo=capoluogo,
        ordinamento=avvio.ordinamento,
        sistema=avvio.sistema,
        seggi_consiglio=seggi_consiglio or avvio.seggi_consiglio,
        prova=prova,
    )
    _check_unica(elezione)
    elezione.full_clean()
    elezione.save()
    if copia_da is not None:
        copy_sezioni(copia_da, a=elezione)
    return elezione


def _check_unica(elezione: Elezione) -> None:
    altre = Elezione.objects.filter(comune=elezione.comune, data=elezione.data, prova=False)
    if not elezione.prova and altre.exists():
        raise ValidationError(
            f"{elezione.comune} ha già un'elezione il {elezione.data:%d/%m/%Y}: aprirla dall'elenco.",
            code="doppia",
        )


def free_slug(base: str) -> str:
    """The slug, or the first of slug-2, slug-3… that no election has."""
    slug, n = base, 1
    while Elezione.objects.filter(slug=slug).exists():
        n += 1
        slug = f"{base}-{n}"
    return slug


@transaction.atomic
def copy_sezioni(precedente: Elezione, *, a: Elezione) -> int:
    """Copy sections, places and attachments of a previous election; electors are of the new revision."""
    if a.sezioni.exists():
        raise ValidationError("L'elezione ha già delle sezioni: non ne copio altre.", code="sezioni_presenti")
    nuove: dict[int, Sezione] = {}
    # mothers first, so that the attached offices find them
    for vecchia in precedente.sezioni.order_by("sezione_madre__numero", "numero"):
        campi = ("numero", "tipo", "plesso", "indirizzo", "accessibile", "posti_letto")
        nuove[vecchia.pk] = Sezione(elezione=a, **{campo: getattr(vecchia, campo) for campo in campi})
        nuove[vecchia.pk].save()
    for vecchia in precedente.sezioni.exclude(sezione_madre=None):
        nuove[vecchia.pk].sezione_madre = nuove[vecchia.sezione_madre_id]
        nuove[vecchia.pk].save(update_fields=["sezione_madre"])
    return len(nuove)


def create_sezioni(elezione: Elezione, *, fino_a: int) -> int:
    """Create the ordinary sections from 1 to ``fino_a`` that are missing; returns how many."""
    presenti = set(elezione.sezioni.values_list("numero", flat=True))
    nuove = [Sezione(elezione=elezione, numero=n) for n in range(1, fino_a + 1) if n not in presenti]
    return len(Sezione.objects.bulk_create(nuove))
