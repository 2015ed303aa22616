"""What a proclamation freezes, in the database: no code path, form or SQL changes it.

The triggers are declared on proxies, so that they travel with this app's migrations; the rows are those of
the concrete models. A change and a proclamation exclude each other by an advisory lock on the election.
"""

import pgtrigger

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Elezione
from risultati.models.esito import Eletto, Proclamazione
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


def congela(cosa: str, elezioni: str) -> list[pgtrigger.Trigger]:
    """Refuse any change of ``cosa`` in a proclaimed election; ``elezioni`` selects the elections touched."""
    return [
        pgtrigger.Trigger(
            name="congelato_da_proclamazione",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("eid", "bigint")],
            func=_CORPO.format(elezioni=elezioni, cosa=cosa),
        )
    ]


class AffluenzaCongelata(Affluenza):
    class Meta:
        proxy = True
        triggers = congela("l''affluenza", _DIRETTA)


class ScrutinioCongelato(Scrutinio):
    class Meta:
        proxy = True
        triggers = congela("lo scrutinio", _DIRETTA)


class VotiSindacoCongelati(VotiSindaco):
    class Meta:
        proxy = True
        triggers = congela("il voto", _DEL_VOTO)


class VotiListaCongelati(VotiLista):
    class Meta:
        proxy = True
        triggers = congela("il voto", _DEL_VOTO)


class VotiPreferenzaCongelati(VotiPreferenza):
    class Meta:
        proxy = True
        triggers = congela("la preferenza", _DEL_VOTO)


class CandidatoSindacoCongelato(CandidatoSindaco):
    class Meta:
        proxy = True
        triggers = congela("la candidatura", _DIRETTA)


class ListaCongelata(Lista):
    class Meta:
        proxy = True
        triggers = congela("la lista", _DIRETTA)


class CandidatoCongelato(Candidato):
    class Meta:
        proxy = True
        triggers = congela("la candidatura", _DEL_CANDIDATO)


class ElezioneCongelata(Elezione):
    """Only what decides the outcome: publication and notes stay free."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="congelata_da_proclamazione",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
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
                ),
                declare=[("eid", "bigint")],
                func=_CORPO.format(elezioni="SELECT NEW.id", cosa="l''elezione"),
            )
        ]


class ProclamazioneImmutabile(Proclamazione):
    """Only the reopening is ever added, once; nothing is deleted."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Protect(name="proclamazione_non_si_cancella", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="proclamazione_immutabile",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "elezione",
                    "riparto",
                    "proclamata_il",
                    "registrata_il",
                    "seduta",
                    "proclamata_da",
                    "presidente",
                    "impronta",
                    "istantanea",
                ),
            ),
            pgtrigger.Protect(
                name="proclamazione_si_riapre_una_volta",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__riaperta_il__isnull=False),
            ),
        ]


class ElettoImmutabile(Eletto):
    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Protect(name="eletto_immutabile", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
