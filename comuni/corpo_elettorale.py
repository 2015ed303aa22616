"""The electors: counted by section and sex at each revision; special voters, list for the presidente."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from comuni.atti import produce_atto
from comuni.models import Atto, ElettoreParticolare, Elezione, RilevazioneElettori, Sezione
from comuni.parole_data import data_estesa
from electoral.permessi import Azione

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
            "comune": elezione.comune.nome,
            "titolo": f"Elettori con voto particolare — sezione {sezione.numero}",
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
            "luogo": elezione.comune.nome,
            "data": data_estesa(data),
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
            "comune": elezione.comune.nome,
            "titolo": "Attestato sostitutivo della tessera elettorale",
            "consultazione": f"Elezioni comunali del {data_estesa(elezione.data)}",
            **persona,
            "luogo": elezione.comune.nome,
            "data": data_estesa(data),
        },
        by=by,
    )
