"""The electors: counted by section and sex at each revision; special voters, list for the presidente."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from comuni.atti import cornice, produce_atto
from comuni.models import Atto, ElettoreParticolare, Elezione, RilevazioneElettori, Sezione
from comuni.parole_data import data_estesa
from comuni.scadenzario import adempimenti_di
from electoral.permessi import Azione
from norme.calendario import Adempimento

Momento = RilevazioneElettori.Momento


@transaction.atomic
def record_rilevazione(
    elezione: Elezione, *, momento: str, per_sezione: Mapping[int, tuple[int, int]], aggiorna_sezioni: bool
) -> None:
    """Electors (men, women) by section pk at one revision; optionally they become those of the sections."""
    sezioni = {s.pk: s for s in Sezione.objects.di(elezione)}
    for pk, (maschi, femmine) in per_sezione.items():
        RilevazioneElettori.objects.update_or_create(
            elezione=elezione,
            momento=momento,
            sezione=sezioni[pk],
            defaults={"maschi": maschi, "femmine": femmine},
        )
        if aggiorna_sezioni:
            sezioni[pk].elettori_m, sezioni[pk].elettori_f = maschi, femmine
            sezioni[pk].save(update_fields=["elettori_m", "elettori_f"])


def tabella_rilevazioni(elezione: Elezione) -> list[dict[str, object]]:
    """One row per section: number and, for each moment, (men, women) or None."""
    per_sezione: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for r in RilevazioneElettori.objects.di(elezione).exclude(sezione=None):
        per_sezione[r.sezione_id][r.momento] = (r.maschi, r.femmine)
    return [
        {"sezione": s, "valori": [per_sezione[s.pk].get(momento) for momento in Momento.values]}
        for s in Sezione.objects.di(elezione).con_risultati().order_by("numero")
    ]


#: The term of the calendar for who asks to vote in a special way.
TERMINI = {
    ElettoreParticolare.Titolo.DOMICILIO.value: "voto_domiciliare_domande",
    ElettoreParticolare.Titolo.LUOGO_DI_CURA.value: "voto_luogo_di_cura",
    ElettoreParticolare.Titolo.DETENUTO.value: "voto_luogo_di_cura",
    ElettoreParticolare.Titolo.UNIONE_EUROPEA.value: "cittadini_ue_domanda",
}


def termini_particolari(elezione: Elezione) -> dict[str, Adempimento]:
    """For each title the duty that sets when one may ask; titles without a term are not there."""
    per_codice = {a.codice: a for a in adempimenti_di(elezione)}
    return {titolo: per_codice[codice] for titolo, codice in TERMINI.items() if codice in per_codice}


def mark_fuori_termine(elezione: Elezione, elettori: Iterable[ElettoreParticolare]) -> list:
    """(elector, what is wrong with the day of the request or ""): the office decides, nothing is refused."""
    termini = termini_particolari(elezione)
    return [(e, _fuori_termine(e, termini.get(e.titolo))) for e in elettori]


def _fuori_termine(elettore: ElettoreParticolare, termine: Adempimento | None) -> str:
    giorno = elettore.domanda_il
    if termine is None or giorno is None:
        return ""
    if giorno > termine.data:
        return f"domanda dopo il termine del {termine.data:%d/%m/%Y} ({termine.articolo})"
    if termine.dal < termine.data and giorno < termine.dal:
        return f"domanda prima del {termine.dal:%d/%m/%Y} ({termine.articolo})"
    return ""


def attestati_rilasciati(elezione: Elezione) -> int:
    """How many attestati were produced: each is an act."""
    return Atto.objects.di(elezione).filter(tipo="attestato_sostitutivo").count()


def count_particolari(elezione: Elezione) -> dict[str, int]:
    """How many special voters for each title, in words."""
    conteggi = dict(
        ElettoreParticolare.objects.di(elezione)
        .order_by()
        .values("titolo")
        .annotate(n=Count("pk"))
        .values_list("titolo", "n")
    )
    return {str(t.label): conteggi.get(t.value, 0) for t in ElettoreParticolare.Titolo}


def produce_elenco_particolari(sezione: Sezione, *, data: date, by=None) -> Atto:
    """The list for the presidente of who votes in a special way there: personal data, own readers."""
    elettori = list(ElettoreParticolare.objects.filter(sezione=sezione).order_by("titolo", "chiave"))
    if not elettori:
        raise ValidationError(f"Nella {sezione} non c'è nessun elettore con voto particolare.", code="vuoto")
    elezione = sezione.elezione
    return produce_atto(
        elezione,
        tipo="elenco_voto_particolare",
        oggetto=str(sezione.numero),
        titolo=f"Elettori con voto particolare, sezione {sezione.numero}",
        modello="elenco_voto_particolare",
        azione=Azione.PREPARARE_ELEZIONE,
        contesto={
            **cornice(elezione, f"Elettori con voto particolare — sezione {sezione.numero}", data=data),
            "sezione": sezione.numero,
            "elettori": [
                {
                    "cognome": e.cognome,
                    "nome": e.nome,
                    "nascita": f"{e.data_nascita:%d/%m/%Y}" if e.data_nascita else "",
                    "titolo": e.get_titolo_display(),
                    "iscrizione": e.sezione_iscrizione or "",
                    "luogo": e.luogo,
                }
                for e in elettori
            ],
        },
        by=by,
    )


def produce_attestato(elezione: Elezione, *, persona: Mapping[str, str], data: date, by=None) -> Atto:
    """The attestato of the sindaco that stands for the tessera elettorale, valid for this vote only."""
    return produce_atto(
        elezione,
        tipo="attestato_sostitutivo",
        oggetto=f"{persona['cognome']} {persona['nome']} {persona['data_nascita']}"[:120],
        titolo=f"Attestato sostitutivo della tessera: {persona['cognome']} {persona['nome']}",
        modello="attestato_sostitutivo",
        azione=Azione.PREPARARE_ELEZIONE,
        contesto={
            **cornice(elezione, "Attestato sostitutivo della tessera elettorale", data=data),
            "consultazione": f"Elezioni comunali del {data_estesa(elezione.data)}",
            **persona,
        },
        by=by,
    )
