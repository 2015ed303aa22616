"""Elections in the database for the tests of the outcome: real ones and small ones made by hand."""

from datetime import date

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Comune, Elezione, Sezione
from risultati.models import Scrutinio, VotiLista, VotiPreferenza, VotiSindaco
from tests.factories import ElezioneFactory
from tests.reali.fascicoli import read_ingresso


def registra(dati: dict, *, nome: str = "prova", sezioni: int = 0, **altro) -> Elezione:
    """An election whose stored totals give back ``dati`` (the input of the engine).

    With ``sezioni`` the same votes are all in section 1 and the other sections are empty.
    """
    comune = Comune.objects.create(nome=nome.replace("-", " ").title(), provincia=f"Provincia di {nome}")
    elezione = ElezioneFactory(
        comune=comune,
        slug=nome,
        data=date.fromisoformat(dati["data"]),
        ordinamento=dati.get("ordinamento", "ordinario"),
        sistema=dati.get("sistema", "oltre_15000"),
        seggi_consiglio=dati.get("seggi_consiglio"),
        popolazione_legale=dati.get("popolazione"),
        capoluogo=dati.get("capoluogo", False),
        **altro,
    )
    sindaci = {s["id"]: _sindaco(elezione, s) for s in dati["sindaci"]}
    liste = {x["id"]: _lista(elezione, x, sindaci) for x in dati["liste"]}
    luoghi = [Sezione.objects.create(elezione=elezione, numero=n + 1) for n in range(sezioni)] or [None]
    primo = _scrutini(elezione, 1, luoghi, elettori=dati.get("elettori"), votanti=dati.get("votanti"))
    VotiSindaco.objects.bulk_create(
        VotiSindaco(scrutinio=primo, sindaco=sindaci[s["id"]], voti=s["voti"]) for s in dati["sindaci"]
    )
    VotiLista.objects.bulk_create(
        VotiLista(scrutinio=primo, lista=liste[x["id"]], voti=x["voti"]) for x in dati["liste"] if "voti" in x
    )
    _preferenze(primo, dati, liste)
    _ballottaggio(elezione, dati, sindaci)
    return elezione


def _sindaco(elezione: Elezione, dati: dict) -> CandidatoSindaco:
    cognome, _, nome = dati["nome"].partition(" ")
    return CandidatoSindaco.objects.create(
        elezione=elezione,
        numero=dati["id"],
        cognome=cognome,
        nome=nome,
        data_nascita=dati.get("nascita"),
    )


def _lista(elezione: Elezione, dati: dict, sindaci: dict) -> Lista:
    return Lista.objects.create(
        elezione=elezione,
        numero=dati["id"],
        denominazione=dati["nome"],
        sindaco=sindaci[dati["sindaco"]],
        apparentata_con=sindaci.get(dati.get("apparentata_con")),
    )


def _scrutini(elezione: Elezione, turno: int, luoghi: list, **cifre) -> Scrutinio:
    """The counts of a round, all definitive; the first one takes the votes."""
    righe = [
        Scrutinio.objects.create(
            elezione=elezione,
            turno=turno,
            sezione=luogo,
            stato=Scrutinio.Stato.DEFINITIVO,
            **(cifre if posto == 0 else {}),
        )
        for posto, luogo in enumerate(luoghi)
    ]
    return righe[0]


def _preferenze(scrutinio: Scrutinio, dati: dict, liste: dict) -> None:
    candidati, voti = [], []
    for lista in dati["liste"]:
        for voce in lista.get("candidati", []):
            cognome, _, nome = voce["nome"].partition(" ")
            candidato = Candidato(
                lista=liste[lista["id"]], numero=voce["id"], cognome=cognome, nome=nome or "-"
            )
            candidato.set_chiave()
            candidati.append(candidato)
            voti.append((candidato, voce.get("preferenze", 0)))
    Candidato.objects.bulk_create(candidati)
    VotiPreferenza.objects.bulk_create(
        VotiPreferenza(scrutinio=scrutinio, candidato=candidato, preferenze=numero)
        for candidato, numero in voti
    )


def _ballottaggio(elezione: Elezione, dati: dict, sindaci: dict) -> None:
    voti = {
        s["id"]: s["voti_ballottaggio"] for s in dati["sindaci"] if s.get("voti_ballottaggio") is not None
    }
    if voti:
        add_ballottaggio(elezione, {sindaci[ident].numero: numero for ident, numero in voti.items()})


def add_ballottaggio(elezione: Elezione, voti: dict[int, int]) -> None:
    """The totals of the second round, by number of the sindaco."""
    secondo = _scrutini(elezione, 2, [None])
    VotiSindaco.objects.bulk_create(
        VotiSindaco(scrutinio=secondo, sindaco=elezione.candidati_sindaco.get(numero=numero), voti=quanti)
        for numero, quanti in voti.items()
    )


def reale(nome: str, **altro) -> Elezione:
    """A real election of ``dati/fascicoli``, as totals."""
    return registra(read_ingresso(nome), nome=nome, **altro)


def semplice(*, seggi: int = 12, voti=(600, 300, 200), **altro) -> Elezione:
    """A comune up to 15.000 inhabitants: one list each, two candidates fewer than seats."""
    dati = {
        "data": "2021-10-03",
        "sistema": "fino_15000",
        "popolazione": 5000,
        "seggi_consiglio": seggi,
        "sindaci": [{"id": n, "nome": f"ROSSI{n} Anna", "voti": v} for n, v in enumerate(voti, start=1)],
        "liste": [
            {
                "id": n,
                "nome": f"Lista {n}",
                "sindaco": n,
                "candidati": [
                    {"id": k, "nome": f"BIANCHI{n}{k} Ugo", "preferenze": 50 - k} for k in range(1, seggi + 1)
                ],
            }
            for n in range(1, len(voti) + 1)
        ],
    }
    return registra(dati, nome=altro.pop("nome", "comune-semplice"), **altro)
