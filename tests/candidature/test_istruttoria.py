"""The cases of the law, from the rows to findings, decision and consequences (norme §1.3, §4.3)."""

from datetime import date

import pytest

from candidature.decisioni import decide_lista, decide_sindaco
from candidature.istruttoria import examine_elezione, explain_proposta
from candidature.models import Candidato, Documento, Lista, StatoDocumento
from candidature.presentazione import ensure_documenti
from tests.candidature.costruzione import (
    PRESENTE,
    add_firme,
    alle,
    elezione_di,
    presenta,
    set_documento,
    sindaco_in_regola,
)
from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db


def esame_di(lista):
    return examine_elezione(lista.elezione)[lista.pk]


def codici(esame) -> list[str]:
    return [r.rilievo.codice for r in esame.rilievi]


def nomi_da_cancellare(esame) -> list[int]:
    return sorted(Candidato.objects.get(pk=pk).numero for pk in esame.cancellati)


def test_a_list_in_order_is_proposed_admitted():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)

    esame = esame_di(lista)

    assert (esame.esito.proposta, codici(esame)) == ("ammessa", [])


def test_case_i_over_15000_twelve_men_and_four_women_lose_the_last_four_men():
    lista = presenta(elezione_di(20_000, seggi=16), sessi="F" * 4 + "M" * 12)

    esame = esame_di(lista)

    assert codici(esame) == ["E104"]
    assert nomi_da_cancellare(esame) == [13, 14, 15, 16]
    assert esame.esito.proposta == "ammessa_con_esclusioni"


def test_case_ii_over_15000_eight_men_and_three_women_are_refused():
    esame = esame_di(presenta(elezione_di(20_000, seggi=16), sessi="M" * 8 + "F" * 3))

    assert codici(esame) == ["E109"]
    assert esame.esito.proposta == "ricusata"


def test_case_iii_up_to_15000_only_one_man_is_struck_because_of_the_minimum():
    esame = esame_di(presenta(elezione_di(7_000, seggi=12), sessi="F" * 2 + "M" * 8))

    assert codici(esame) == ["E104", "W103"]
    assert nomi_da_cancellare(esame) == [10]
    assert esame.esito.proposta == "ammessa_con_esclusioni"


@pytest.mark.parametrize(
    ("voto", "codice", "proposta"),
    [(date(2021, 10, 3), "W102", "ammessa"), (date(2022, 6, 12), "E108", "ricusata")],
)
def test_case_iv_a_list_of_one_sex_below_5000(voto, codice, proposta):
    elezione = elezione_di(2_500, seggi=10, data=voto, giorni=1)
    quando = alle(3) if voto.year == 2021 else alle(13, 5, anno=2022)

    esame = esame_di(presenta(elezione, sessi="M" * 7, quando=quando))

    assert (codici(esame), esame.esito.proposta) == ([codice], proposta)


def test_a_list_one_signature_short():
    elezione = elezione_di(40_000, seggi=24)
    lista = presenta(elezione, sessi="MF" * 8, firme=None)
    add_firme(lista, 58)

    esame = esame_di(lista)

    assert codici(esame) == ["E102"]
    assert esame.esito.proposta == "ricusata"
    assert "58" in explain_proposta(esame) and "59" in explain_proposta(esame)


def test_a_certificate_that_is_missing_can_still_come():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8, firme=None)
    add_firme(lista, 59)
    lista.sottoscrizioni.filter(riga=1).update(iscrizione="mancante")

    esame = esame_di(lista)

    assert esame.esito.proposta == "da_integrare"
    assert [(r.sanabile, r.entro) for r in esame.rilievi] == [(True, alle(8, ora=0))]


def test_who_signed_two_lists_counts_in_none():
    elezione = elezione_di(40_000, seggi=24)
    prima = presenta(elezione, "PRIMA", sessi="MF" * 8, firme=None)
    seconda = presenta(elezione, "SECONDA", sessi="FM" * 8, firme=None, quando=alle(4))
    add_firme(prima, 60)
    add_firme(seconda, 60, da=59)  # FIRMATARIO 60 signed both

    esami = examine_elezione(elezione)

    assert [esami[lista.pk].firme.valide for lista in (prima, seconda)] == [59, 59]
    assert [esami[lista.pk].firme.valide_contando_le_doppie for lista in (prima, seconda)] == [60, 60]


def test_the_same_signer_is_found_when_one_list_has_no_codice_fiscale():
    elezione = elezione_di(40_000, seggi=24)
    prima = presenta(elezione, "PRIMA", sessi="MF" * 8, firme=None)
    seconda = presenta(elezione, "SECONDA", sessi="FM" * 8, firme=None)
    add_firme(prima, 1)
    add_firme(seconda, 1, codice_fiscale="RSSMRA80A01H501U")

    assert [e.firme.valide for e in examine_elezione(elezione).values()] == [0, 0]


def test_a_candidate_of_an_earlier_list_is_struck_from_the_later():
    elezione = elezione_di(40_000, seggi=24)
    prima = presenta(elezione, "PRIMA", sessi="MF" * 9)
    seconda = presenta(elezione, "SECONDA", sessi="MF" * 9, quando=alle(4))
    doppio = prima.candidati.get(numero=3)
    seconda.candidati.filter(numero=5).update(
        cognome=doppio.cognome, nome=doppio.nome, data_nascita=doppio.data_nascita
    )

    esami = examine_elezione(elezione)

    assert codici(esami[prima.pk]) == []
    assert codici(esami[seconda.pk]) == ["E205"]
    assert nomi_da_cancellare(esami[seconda.pk]) == [5]


@pytest.mark.parametrize(("minuto", "attesi"), [(0, []), (1, ["E101"])])
def test_the_term_is_noon_to_the_minute(minuto, attesi):
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8, quando=alle(4, ora=12, minuto=minuto))

    assert codici(esame_di(lista)) == attesi


def test_the_lists_of_a_struck_sindaco_fall():
    elezione = elezione_di(40_000, seggi=24)
    sindaco = sindaco_in_regola(elezione)
    liste = [presenta(elezione, nome, sessi="MF" * 8, sindaco=sindaco) for nome in ("UNA", "ALTRA")]

    decide_sindaco(sindaco, escluso=True, motivazione="Incandidabile.", by=UtenteFactory())

    esami = examine_elezione(elezione)
    assert [(codici(esami[lista.pk]), esami[lista.pk].esito.proposta) for lista in liste] == [
        (["E111"], "ricusata"),
        (["E111"], "ricusata"),
    ]


def test_an_incandidabile_sindaco_is_found_on_his_papers():
    elezione = elezione_di(40_000, seggi=24)
    sindaco = sindaco_in_regola(elezione)
    lista = presenta(elezione, sessi="MF" * 8, sindaco=sindaco)
    sindaco.incandidabile = True
    sindaco.save()

    assert codici(esame_di(lista)) == ["E204", "E111"]


def test_papers_not_yet_looked_at_are_no_finding_but_leave_the_outcome_open():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)
    lista.candidati.filter(numero=1).update(accettazione=StatoDocumento.DA_VERIFICARE)

    esame = esame_di(lista)

    assert (codici(esame), esame.esito.proposta) == ([], "da_decidere")


@pytest.mark.parametrize(
    ("popolazione", "seggi", "tipo", "aperta"),
    [
        (60_000, 24, Documento.Tipo.BILANCIO, True),
        (40_000, 24, Documento.Tipo.DELEGATI, True),
        (9_000, 12, Documento.Tipo.DELEGATI, False),  # up to 15.000 they are optional
    ],
)
def test_a_paper_of_the_list_nobody_has_looked_at_leaves_the_outcome_open(popolazione, seggi, tipo, aperta):
    lista = presenta(elezione_di(popolazione, seggi=seggi), sessi="MF" * (seggi // 2), firme=100)
    set_documento(lista, tipo, StatoDocumento.DA_VERIFICARE)

    esame = esame_di(lista)

    assert (codici(esame), esame.esito.proposta) == ([], "da_decidere" if aperta else "ammessa")


def test_the_symbol_of_a_party_waits_for_its_authorisation():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)
    lista.simbolo_di_partito = True
    lista.save()
    ensure_documenti(lista)

    esame = esame_di(lista)

    assert esame.esito.proposta == "da_decidere"
    assert "autorizzazione del partito" in next(v.testo for v in esame.esito.verifiche if v.lettera == "b")
    set_documento(lista, Documento.Tipo.AUTORIZZAZIONE_SIMBOLO, PRESENTE)
    assert esame_di(lista).esito.proposta == "ammessa"


def test_certificates_of_the_signers_not_looked_at_matter_where_the_minimum_needs_them():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8, firme=None)
    add_firme(lista, 60)
    lista.sottoscrizioni.filter(riga=1).update(iscrizione="da_verificare")
    assert esame_di(lista).esito.proposta == "ammessa"  # 59 are enough

    lista.sottoscrizioni.filter(riga=2).update(iscrizione="da_verificare")

    esame = esame_di(lista)
    assert (codici(esame), esame.esito.proposta) == ([], "da_decidere")


def test_the_declaration_of_the_sindaco_has_a_code_of_its_own_and_can_still_come():
    elezione = elezione_di(40_000, seggi=24)
    lista = presenta(elezione, sessi="MF" * 8)
    lista.sindaco.candidatura_unica = StatoDocumento.MANCANTE
    lista.sindaco.save()

    esame = esame_di(lista)

    assert (codici(esame), esame.esito.proposta) == (["E215", "E111"], "da_integrare")


def test_of_two_lists_of_the_same_minute_nobody_knows_whose_the_signature_is():
    elezione = elezione_di(40_000, seggi=24, interpretazioni={"politica_doppia_firma": "successive"})
    liste = [presenta(elezione, nome, sessi="MF" * 8, firme=None) for nome in ("UNA", "ALTRA")]
    for lista in liste:
        add_firme(lista, 58, da=100 * lista.pk)
        add_firme(lista, 1)  # FIRMATARIO 1 signed both

    esami = examine_elezione(elezione)

    for lista in liste:
        assert (esami[lista.pk].firme.valide, esami[lista.pk].firme.dubbie) == (58, 1)
        assert (codici(esami[lista.pk]), esami[lista.pk].esito.proposta) == (["W117"], "da_decidere")
    Lista.objects.filter(pk=liste[1].pk).update(presentata_il=alle(4))
    esami = examine_elezione(elezione)
    assert [esami[lista.pk].esito.proposta for lista in liste] == ["ammessa", "ricusata"]


def test_a_missing_acceptance_is_curable_until_the_hearing():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8 + "F")
    lista.candidati.filter(numero=17).update(accettazione=StatoDocumento.MANCANTE)

    esame = esame_di(lista)

    assert codici(esame) == ["E203"]
    assert esame.rilievi[0].sanabile
    assert esame.cancellati == {}


def test_a_missing_programme_is_a_warning():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)
    set_documento(lista, Documento.Tipo.PROGRAMMA, StatoDocumento.MANCANTE)

    assert codici(esame_di(lista)) == ["W105"]


@pytest.mark.parametrize("quante", [1, 3])
def test_the_examination_takes_the_same_queries_for_one_list_and_for_three(django_assert_num_queries, quante):
    elezione = elezione_di(40_000, seggi=24)
    for nome in ("UNA", "DUE", "TRE")[:quante]:
        presenta(elezione, nome, sessi="MF" * 8)

    with django_assert_num_queries(7):
        examine_elezione(elezione)


def test_one_list_refused_leaves_the_sindaco_and_the_last_one_takes_him_down():
    elezione = elezione_di(40_000, seggi=24)
    sindaco, io = sindaco_in_regola(elezione), UtenteFactory()
    una, altra = (presenta(elezione, nome, sessi="MF" * 8, sindaco=sindaco) for nome in ("UNA", "ALTRA"))

    decide_lista(una, esito="ricusata", motivazione="Firme insufficienti.", by=io)
    sindaco.refresh_from_db()
    assert sindaco.stato != "escluso"

    decide_lista(altra, esito="ricusata", motivazione="Firme insufficienti.", by=io)
    sindaco.refresh_from_db()
    assert sindaco.stato == "escluso"

    assert codici(esame_di(altra)) == []  # he fell with his lists: that is no reason to refuse them

    decide_lista(altra, esito="ammessa", motivazione="", by=io)
    sindaco.refresh_from_db()
    assert sindaco.stato == "ammesso"
