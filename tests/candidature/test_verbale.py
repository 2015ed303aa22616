"""Every case ends in a decision, a letter to the delegates and a line of the verbale."""

import pytest

from candidature.atti import produce_notifica, produce_ricevuta, produce_verbale, verbale_contesto
from candidature.decisioni import close_seduta, decide_lista, open_seduta
from candidature.istruttoria import examine_elezione, explain_proposta
from candidature.presentazione import NonConsentito
from candidature.termini import decisione_definitiva
from comuni.models import Atto
from tests.candidature.costruzione import add_firme, alle, elezione_di, presenta, sindaco_in_regola
from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decise():
    """One list per case, each decided as the examination proposes."""
    elezione, by = elezione_di(20_000, seggi=16), UtenteFactory()
    prima = presenta(elezione, "PRIMA", sessi="MF" * 7)
    presenta(elezione, "QUOTA", sessi="F" * 4 + "M" * 12, quando=alle(3, ora=11))
    presenta(elezione, "SOTTO IL MINIMO", sessi="M" * 8 + "F" * 3, quando=alle(3, ora=12))
    corta = presenta(elezione, "UNA FIRMA IN MENO", sessi="MF" * 7, quando=alle(3, ora=13), firme=None)
    add_firme(corta, 33)
    doppia = presenta(elezione, "FIRMA DOPPIA", sessi="MF" * 7, quando=alle(3, ora=14), firme=None)
    add_firme(doppia, 34, da=32)
    ripetuta = presenta(elezione, "CANDIDATO DI UN'ALTRA", sessi="MF" * 7, quando=alle(3, ora=15))
    ripetuta.candidati.filter(numero=1).update(
        **prima.candidati.values("cognome", "nome", "data_nascita").get(numero=1)
    )
    presenta(elezione, "TARDI", sessi="MF" * 7, quando=alle(4, ora=12, minuto=1))
    escluso = sindaco_in_regola(elezione, "INCANDIDABILE")
    escluso.incandidabile = True
    escluso.save()
    presenta(elezione, "SENZA SINDACO", sessi="MF" * 7, quando=alle(3, ora=16), sindaco=escluso)
    seduta = open_seduta(
        elezione,
        tipo="esame",
        by=by,
        luogo="Prova",
        presidente="Il presidente",
        componenti="I componenti",
        segretario="Il segretario",
        aperta_il=alle(5),
    )
    for esame in examine_elezione(elezione).values():
        decide_lista(
            esame.lista,
            esito=esame.esito.proposta.value,
            motivazione=explain_proposta(esame),
            esclusi={pk: motivi[0].testo for pk, motivi in esame.cancellati.items()},
            integrare_entro=decisione_definitiva(elezione),
            by=by,
        )
    return seduta


def test_the_verbale_has_a_line_for_every_case(decise):
    righe = {
        riga["denominazione"]: (
            [r["codice"] for r in riga["rilievi"]],
            riga["decisioni"][0]["esito"],
            [e["numero"] for e in riga["decisioni"][0]["esclusi"]],
        )
        for riga in verbale_contesto(decise)["liste"]
    }

    assert righe == {
        "PRIMA": ([], "ammessa", []),
        "QUOTA": (["E104"], "ammessa con esclusioni", [13, 14, 15, 16]),
        "SOTTO IL MINIMO": (["E109"], "ricusata", []),
        "UNA FIRMA IN MENO": (["E102"], "ricusata", []),
        "FIRMA DOPPIA": (["E102"], "ricusata", []),
        "CANDIDATO DI UN'ALTRA": (["E205"], "ammessa con esclusioni", [1]),
        "TARDI": (["E101"], "ricusata", []),
        "SENZA SINDACO": (["E204", "E111"], "ricusata", []),
    }


def test_every_decision_has_its_letter_with_reason_and_remedy(decise):
    for decisione in decise.decisioni.exclude(lista=None):
        lettera = produce_notifica(decisione, by=UtenteFactory())

        assert lettera.contesto["esito"] == f"lista {decisione.get_esito_display()}"
        assert lettera.contesto["motivazione"] == decisione.motivazione
        assert lettera.contesto["rimedi"] == (decisione.esito != "ammessa")
    assert Atto.objects.count() == 8


def test_the_verbale_of_a_closed_sitting_is_produced_once(decise):
    close_seduta(decise, by=UtenteFactory())

    uno, altro = (produce_verbale(decise, by=UtenteFactory()) for _ in range(2))

    assert uno == altro


def test_the_receipt_shows_every_name_filed_also_those_struck(decise):
    lista = decise.decisioni.get(lista__denominazione="QUOTA").lista

    assert len(produce_ricevuta(lista, by=UtenteFactory()).contesto["lista"]["candidati"]) == 16


def test_a_sitting_with_lists_still_to_examine_does_not_close(decise):
    presenta(decise.elezione, "DIMENTICATA", sessi="MF" * 7)

    with pytest.raises(NonConsentito, match="DIMENTICATA"):
        close_seduta(decise, by=UtenteFactory())
