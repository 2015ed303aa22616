"""What a proclamation freezes, in the database: no code path, form or SQL changes it.

The triggers of other rooms' tables are registered from here, so that those rooms know nothing of the
proclamation. A change and a proclamation exclude each other by an advisory lock on the election.
"""

import pgtrigger

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Elezione, Sezione
from risultati.models.esito import Eletto, Proclamazione, Sorteggio, Vicenda
from risultati.models.scrutinio import Affluenza, Scrutinio, VotiLista, VotiPreferenza, VotiSindaco

#: First key of the advisory locks "election -> proclamation"; any number of ours.
CHIAVE_BLOCCO = 1_993_081

_CORPO = f"""
IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
END IF;
FOR eid IN {{elezioni}} LOOP
    PERFORM pg_advisory_xact_lock_shared({CHIAVE_BLOCCO}, eid::int);
    IF EXISTS (
        SELECT 1 FROM risultati_proclamazione p WHERE p.elezione_id = eid AND p.riaperta_il IS NULL
    ) THEN
        RAISE EXCEPTION 'L''elezione è proclamata: {{cosa}} non si cambia più.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
END LOOP;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""

_DIRETTA = "SELECT DISTINCT e FROM unnest(ARRAY[NEW.elezione_id, OLD.elezione_id]) e WHERE e IS NOT NULL"
_DEL_VOTO = (
    "SELECT DISTINCT s.elezione_id FROM risultati_scrutinio s"
    " WHERE s.id IN (NEW.scrutinio_id, OLD.scrutinio_id)"
)
_DEL_CANDIDATO = (
    "SELECT DISTINCT l.elezione_id FROM candidature_lista l WHERE l.id IN (NEW.lista_id, OLD.lista_id)"
)


#: Every frozen table: what it is, in the words of the refusal, and the query of the elections a row touches.
CONGELATE = {
    Sezione: ("la sezione", _DIRETTA),
    Affluenza: ("l''affluenza", _DIRETTA),
    Scrutinio: ("lo scrutinio", _DIRETTA),
    VotiSindaco: ("il voto", _DEL_VOTO),
    VotiLista: ("il voto", _DEL_VOTO),
    VotiPreferenza: ("la preferenza", _DEL_VOTO),
    CandidatoSindaco: ("la candidatura", _DIRETTA),
    Lista: ("la lista", _DIRETTA),
    Candidato: ("la candidatura", _DEL_CANDIDATO),
    Sorteggio: ("il sorteggio", _DIRETTA),
    Vicenda: ("la vicenda", _DIRETTA),
}

#: Of the election only what decides the outcome: publication and notes stay free.
DECIDONO = (
    "comune",
    "data",
    "popolazione_legale",
    "capoluogo",
    "ordinamento",
    "sistema",
    "seggi_consiglio",
    "elettori_aire",
    "votanti_aire",
    "interpretazioni",
    "prova",
)

#: Of the proclamation everything but its reopening, once.
DELLA_PROCLAMAZIONE = (
    "elezione",
    "riparto",
    "proclamata_il",
    "registrata_il",
    "seduta",
    "proclamata_da",
    "presidente",
    "impronta",
    "istantanea",
)


def _congela(cosa: str, elezioni: str) -> pgtrigger.Trigger:
    """Refuse any change of ``cosa`` in a proclaimed election; ``elezioni`` selects the elections touched."""
    return pgtrigger.Trigger(
        name="congelato_da_proclamazione",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("eid", "bigint")],
        func=_CORPO.format(elezioni=elezioni, cosa=cosa),
    )


for _modello, (_cosa, _elezioni) in CONGELATE.items():
    pgtrigger.register(_congela(_cosa, _elezioni))(_modello)

pgtrigger.register(
    pgtrigger.Trigger(
        name="congelata_da_proclamazione",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*DECIDONO),
        declare=[("eid", "bigint")],
        func=_CORPO.format(elezioni="SELECT NEW.id", cosa="l''elezione"),
    )
)(Elezione)

pgtrigger.register(
    pgtrigger.Trigger(
        name="prova_resta_prova",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__prova=True, new__prova=False),
        func="""
            RAISE EXCEPTION 'Una prova generale resta una prova: i suoi atti lo dicono e non si pubblicano.'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
        """,
    )
)(Elezione)

pgtrigger.register(
    pgtrigger.Protect(name="proclamazione_non_si_cancella", operation=pgtrigger.Delete),
    pgtrigger.Protect(
        name="proclamazione_immutabile",
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*DELLA_PROCLAMAZIONE),
    ),
    pgtrigger.Protect(
        name="proclamazione_si_riapre_una_volta",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__riaperta_il__isnull=False),
    ),
)(Proclamazione)

pgtrigger.register(
    pgtrigger.Protect(name="eletto_immutabile", operation=pgtrigger.Update | pgtrigger.Delete)
)(Eletto)
