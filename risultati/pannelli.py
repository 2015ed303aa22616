"""The panels of this room on the dashboard (turnout, count, outcome) and its last facts."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from comuni.fatti import Fatto, nome
from comuni.models import Elezione, Sezione
from comuni.pannelli import Pannello
from electoral.templatetags.urna import migliaia
from risultati.accesso_sezioni import is_solo_digitatore, sezioni_di, turno_corrente
from risultati.models import (
    Affluenza,
    InvioAffluenza,
    Passaggio,
    Proclamazione,
    Riparto,
    Scrutinio,
    Turno,
)
from risultati.rilevazioni import giorno_del_turno, rilevazioni
from risultati.stati import TRANSIZIONI, Stato
from risultati.stato_elezione import stato_dall_esito

#: What the name of the state already says.
OVVI = frozenset({"", *(t.descrizione for t in TRANSIZIONI)})
ESITI = {
    "riparto": "riparto: seggi assegnati",
    "ballottaggio": "riparto: si va al ballottaggio",
    "sorteggio": "riparto: parità, serve un sorteggio",
    "nulla": "riparto: elezione nulla",
}


def _si_vota_o_si_e_votato(elezione: Elezione) -> bool:
    return timezone.localdate() >= elezione.data


def pannello_affluenza(elezione: Elezione, utente) -> Pannello | None:
    """On the voting days: the last hour gone and the sections that have not told it."""
    turno = turno_corrente(elezione)
    primo = giorno_del_turno(elezione, turno)
    if not primo <= timezone.localdate() <= primo + timedelta(days=elezione.giorni):
        return None
    ore = rilevazioni(elezione, turno)
    passate = [ora for ora in ore if ora.is_passata]
    ultima = passate[-1] if passate else None
    sezioni = Sezione.objects.di(elezione).con_risultati().count()
    dette = inviata = 0
    if ultima is not None:
        righe = Affluenza.objects.filter(elezione=elezione, turno=turno, rilevazione=ultima.codice)
        dette = righe.filter(sezione__isnull=False).count()
        inviata = InvioAffluenza.objects.filter(
            elezione=elezione, turno=turno, rilevazione=ultima.codice
        ).exists()
    return Pannello(
        "Affluenza",
        "giornata/pannello_affluenza.html",
        {
            "ultima": ultima,
            "prossima": next((ora for ora in ore if not ora.is_passata), None),
            "sezioni": sezioni,
            "dette": dette,
            "inviata": inviata,
            "turno": turno,
        },
    )


def pannello_scrutinio(elezione: Elezione, utente) -> Pannello | None:
    """Sections definitive of all, and those that wait for somebody."""
    if not _si_vota_o_si_e_votato(elezione):
        return None
    turno = turno_corrente(elezione)
    sezioni = Sezione.objects.di(elezione).con_risultati().count()
    stati = list(
        Scrutinio.objects.di(elezione)
        .filter(turno=turno)
        .values_list("stato", "sezione")
        .order_by("sezione__numero")
    )
    per_sezione = [stato for stato, sezione in stati if sezione is not None]
    if not sezioni and not stati:
        return None
    return Pannello(
        f"Scrutinio, {Turno(turno).label}",
        "giornata/pannello_scrutinio.html",
        {
            "solo_totale": bool(stati) and not per_sezione,
            "sezioni": sezioni,
            "definitive": per_sezione.count(Stato.DEFINITIVO),
            "difformi": per_sezione.count(Stato.DIFFORME),
            "errori": per_sezione.count(Stato.CON_ERRORI),
            "in_corso": sum(per_sezione.count(s) for s in (Stato.IN_DIGITAZIONE, Stato.PRIMA, Stato.SECONDA)),
            "turno": turno,
        },
    )


def pannello_mie_sezioni(elezione: Elezione, utente) -> Pannello | None:
    """For who types the figures of some sections only: which, and how far each is."""
    if not is_solo_digitatore(utente, elezione):
        return None
    turno = turno_corrente(elezione)
    sezioni = list(sezioni_di(utente, elezione))
    stati = dict(
        Scrutinio.objects.di(elezione)
        .filter(turno=turno, sezione__in=sezioni)
        .values_list("sezione", "stato")
    )
    righe = [(s, Stato(stati.get(s.pk, Stato.ATTESA))) for s in sezioni]
    return Pannello("Le mie sezioni", "giornata/pannello_mie_sezioni.html", {"righe": righe, "turno": turno})


def pannello_esito(elezione: Elezione, utente) -> Pannello | None:
    """Once there is an allocation: where it stands and who is elected."""
    stato = stato_dall_esito(elezione)
    if stato is None:
        return None
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    eletto = None
    if proclamazione is not None:
        eletto = proclamazione.eletti.filter(carica="sindaco").select_related("sindaco").first()
    return Pannello(
        "Esito",
        "esito/pannello.html",
        {"stato": stato, "sindaco": eletto.sindaco if eletto else None, "proclamazione": proclamazione},
    )


def fatti_risultati(elezione: Elezione, utente, quanti: int) -> Iterable[Fatto]:
    """Sections that became definitive or were reopened, turnout sent, allocations, proclamation."""
    yield from _fatti_sezioni(elezione, quanti)
    invii = InvioAffluenza.objects.di(elezione).select_related("inviato_da")
    for i in invii.order_by("-inviato_il")[:quanti]:
        testo = f"affluenza delle {i.rilevazione} inviata: {migliaia(i.votanti)} votanti"
        yield Fatto(i.inviato_il, testo, nome(i.inviato_da))
    for r in Riparto.objects.di(elezione).select_related("eseguito_da").order_by("-eseguito_il")[:quanti]:
        cosa = "proiezione su sezioni parziali" if r.parziale else ESITI[r.tipo_esito]
        yield Fatto(r.eseguito_il, cosa, nome(r.eseguito_da))
    proclamate = Proclamazione.objects.di(elezione).select_related("proclamata_da")
    for p in proclamate.order_by("-pk")[:quanti]:  # the hour of a past election may be unknown
        yield Fatto(p.proclamata_il or p.registrata_il, "proclamati gli eletti", nome(p.proclamata_da))


def _fatti_sezioni(elezione: Elezione, quanti: int) -> Iterable[Fatto]:
    passaggi = (
        Passaggio.objects.filter(scrutinio__elezione=elezione, scrutinio__sezione__isnull=False)
        .exclude(a__in=[Stato.ATTESA, Stato.IN_DIGITAZIONE], motivo="")
        .exclude(da=Stato.ATTESA, a=Stato.IN_DIGITAZIONE)  # the first figure of a section: no news yet
        .select_related("scrutinio__sezione", "fatto_da")
    )
    for p in passaggi.order_by("-fatto_il", "-pk")[:quanti]:
        sezione = f"sez. {p.scrutinio.sezione.numero}"
        if p.da == Stato.DEFINITIVO:
            testo = f"{sezione} riaperta: «{p.motivo}»"
        else:
            testo = f"{sezione}: {p.get_a_display()}" + (f" («{p.motivo}»)" if p.motivo not in OVVI else "")
        yield Fatto(p.fatto_il, testo, nome(p.fatto_da))
