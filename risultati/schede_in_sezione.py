"""The ballot of one election as a person sees it, and what the marks on one ballot are worth, with its names.

Advice for whoever answers the phone on the night of the count: nothing is stored, the ufficio di sezione
decides (art. 54 TU). The rule is :mod:`norme.voto`; here are only names and words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from candidature.models import Candidato, Lista
from comuni.models import Elezione
from norme.preferenze import CandidatoVotabile, ListaVotabile, PreferenzaNulla, Scritta
from norme.tavola_applicata import RigaApplicata, TavolaApplicata
from norme.voto import EsitoScheda, RegoleVoto, Segni, Voto, read_scheda
from risultati.ballottaggio import sindaci_del_turno
from risultati.models import Turno


@dataclass(frozen=True, slots=True)
class ListaStampata:
    """A list printed on the ballot, under the candidate it is linked to in this round."""

    numero: int
    nome: str
    sindaco: int

    def __str__(self) -> str:
        return f"{self.numero}. {self.nome}"


@dataclass(frozen=True)
class SchedaStampata:
    """Who and what is printed on the ballot of one round, by ballot numbers."""

    turno: int
    sindaci: Mapping[int, str]
    liste: Mapping[int, ListaStampata]
    candidati: Mapping[int, tuple[CandidatoVotabile, ...]]

    @cached_property
    def riquadri(self) -> list[tuple[int, str, list[ListaStampata]]]:
        """Each candidate sindaco with the lists beside the name."""
        return [
            (numero, nome, [lista for lista in self.liste.values() if lista.sindaco == numero])
            for numero, nome in self.sindaci.items()
        ]

    @cached_property
    def votabili(self) -> tuple[ListaVotabile, ...]:
        return tuple(
            ListaVotabile(lista.numero, lista.sindaco, self.candidati.get(lista.numero, ()))
            for lista in self.liste.values()
        )

    @cached_property
    def nomi_esatti(self) -> dict[str, tuple[int, int]]:
        """How one candidate of one list is written to be that one and no other."""
        return {
            f"{say_candidato(candidato)}, n. {candidato.id} della lista {lista}": (numero, int(candidato.id))
            for numero, lista in self.liste.items()
            for candidato in self.candidati.get(numero, ())
        }

    @cached_property
    def mancanze(self) -> list[str]:
        """Candidates without exactly one list, where sindaco and list are one vote (art. 71 c. 2 TUEL)."""
        return [
            f"{nome} ha {len(liste) or 'zero'} liste sulla scheda, e ne deve avere una (art. 71 c. 2 TUEL)."
            for _, nome, liste in self.riquadri
            if len(liste) != 1
        ]

    def read_scritta(self, testo: str) -> Scritta:
        """The preference as written; a name chosen from the suggestions is that candidate."""
        trovato = self.nomi_esatti.get(testo)
        return Scritta(testo) if trovato is None else Scritta(testo, *trovato)


def say_candidato(candidato: CandidatoVotabile) -> str:
    sesso = f" ({candidato.sesso})" if candidato.sesso else ""
    return f"{candidato.cognome} {candidato.nome}{sesso}"


def load_scheda(elezione: Elezione, turno: int) -> SchedaStampata:
    """The ballot of this round; at the runoff the lists stand by whom they chose (art. 72 c. 7 TUEL)."""
    sindaci = {s.numero: f"{s.numero}. {s}" for s in sindaci_del_turno(elezione, turno)}
    ballottaggio = turno == Turno.BALLOTTAGGIO
    liste = {}
    for numero, nome, primo, secondo in (
        Lista.objects.di(elezione)
        .in_corsa()
        .order_by("numero")
        .values_list("numero", "denominazione", "sindaco__numero", "apparentata_con__numero")
    ):
        sindaco = secondo if ballottaggio and secondo is not None else primo
        if sindaco in sindaci:
            liste[numero] = ListaStampata(numero, nome, sindaco)
    return SchedaStampata(turno, sindaci, liste, {} if ballottaggio else _candidati(elezione))


def _candidati(elezione: Elezione) -> dict[int, tuple[CandidatoVotabile, ...]]:
    trovati: dict[int, list[CandidatoVotabile]] = {}
    righe = Candidato.objects.di(elezione).in_corsa().in_ordine()
    for lista, numero, cognome, nome, sesso, nascita in righe.values_list(
        "lista__numero", "numero", "cognome", "nome", "sesso", "data_nascita"
    ):
        candidato = CandidatoVotabile(numero, cognome, nome, sesso, nascita.isoformat() if nascita else "")
        trovati.setdefault(lista, []).append(candidato)
    return {lista: tuple(voci) for lista, voci in trovati.items()}


@dataclass(frozen=True, slots=True)
class NullaMostrata:
    """A preference that does not count: what was written, and the row that says why."""

    scritta: str
    riga: RigaApplicata


@dataclass(frozen=True)
class Risposta:
    """What one ballot is worth, in words."""

    segni: list[str]
    titolo: str
    tono: str
    conto: str
    attribuiti: list[tuple[str, str]]
    nulle: list[NullaMostrata]
    riga: RigaApplicata
    avvertenze: list[str]
    voto: Voto


TITOLI = {
    EsitoScheda.VALIDA: ("Scheda valida", "ok"),
    EsitoScheda.NULLA: ("Scheda nulla", "errore"),
    EsitoScheda.BIANCA: ("Scheda bianca", "neutro"),
    EsitoScheda.DA_DECIDERE: ("Da decidere in sezione", "avviso"),
}
CONTI = {
    EsitoScheda.NULLA: "Nessun voto: si conta fra le schede nulle.",
    EsitoScheda.BIANCA: "Nessun voto: si conta fra le schede bianche.",
    EsitoScheda.DA_DECIDERE: (
        "Il presidente decide secondo la volontà dell'elettore, sentiti gli scrutatori (artt. 54 e 69 TU)."
        " Se è contestata: attribuita sta fra le valide, non attribuita fra le contestate non attribuite."
    ),
}
SESSO_NON_TROVATO = (
    "Se le due preferenze debbano essere per candidati di sesso diverso non è stato trovato nella legge che"
    " vale qui: questa pagina non lo controlla."
)
SEGNI_SENZA_EFFETTO = (
    "Gli altri segni non cambiano il voto, finché non fanno riconoscere in modo inoppugnabile l'elettore."
)


def answer(segni: Segni, *, scheda: SchedaStampata, regole: RegoleVoto, tavola: TavolaApplicata) -> Risposta:
    """What the ballot with these marks is worth. Raises ``norme.preferenze.SessoIgnoto``."""
    voto = read_scheda(segni, liste=scheda.votabili, regole=regole, turno=scheda.turno)
    titolo, tono = TITOLI[voto.esito]
    return Risposta(
        segni=list(_say_segni(segni, scheda)),
        titolo=titolo,
        tono=tono,
        conto=CONTI.get(voto.esito) or _say_conto(voto, scheda, tavola),
        attribuiti=_attributed(voto, scheda) if voto.esito == EsitoScheda.VALIDA else [],
        nulle=[_show_nulla(nulla, tavola) for nulla in voto.preferenze_nulle],
        riga=tavola.righe[voto.riga],
        avvertenze=_warn(segni, voto, tavola),
        voto=voto,
    )


def _show_nulla(nulla: PreferenzaNulla, tavola: TavolaApplicata) -> NullaMostrata:
    return NullaMostrata(nulla.scritta, tavola.righe[nulla.riga])


def _say_segni(segni: Segni, scheda: SchedaStampata) -> Iterable[str]:
    """The marks as they were understood, to be read back on the phone."""
    if not segni.ufficiale:
        yield "scheda non ufficiale, o senza il bollo o la firma"
    if segni.riconoscibile:
        yield "segni che fanno riconoscere l'elettore"
    yield from (f"segno sul sindaco {scheda.sindaci[int(numero)]}" for numero in segni.sindaci)
    if segni.sindaco_scritto is not None:
        yield f"scritto a mano il nome del sindaco {scheda.sindaci[int(segni.sindaco_scritto)]}"
    yield from (f"segno sulla lista {scheda.liste[int(numero)]}" for numero in segni.liste)
    yield from (f"preferenza «{scritta}»" for scritta in segni.preferenze)
    if segni.altri_segni:
        yield "altri segni"


def _attributed(voto: Voto, scheda: SchedaStampata) -> list[tuple[str, str]]:
    sindaco = "a nessuno" if voto.sindaco is None else scheda.sindaci[int(voto.sindaco)]
    voci = [("Voto al sindaco", sindaco)]
    if scheda.turno == Turno.BALLOTTAGGIO:
        return voci
    nulla = "nullo" if voto.lista_nulla else "a nessuna"
    voci.append(("Voto alla lista", nulla if voto.lista is None else str(scheda.liste[int(voto.lista)])))
    if voto.lista is not None:
        nomi = {c.id: say_candidato(c) for c in scheda.candidati.get(int(voto.lista), ())}
        preferenze = " e ".join(nomi[candidato] for candidato in voto.preferenze)
        voci.append(("Preferenze", preferenze or "nessuna"))
    return voci


def _say_conto(voto: Voto, scheda: SchedaStampata, tavola: TavolaApplicata) -> str:
    """Where a valid ballot goes in the figures of the section."""
    if scheda.turno == Turno.BALLOTTAGGIO or tavola.is_voto_unico:
        return "Si conta fra le schede valide."
    if voto.lista_nulla:
        return "Si conta fra le schede valide e fra i «voti di lista nulli»."
    if voto.is_solo_sindaco:
        return "Si conta fra le schede valide e fra i voti al «solo sindaco»."
    return "Si conta fra le schede valide."


def _warn(segni: Segni, voto: Voto, tavola: TavolaApplicata) -> list[str]:
    avvertenze = []
    eccedenti = {nulla.riga for nulla in voto.preferenze_nulle}
    if eccedenti >= {"P4", "P5"} and (altra := tavola.righe["P4"].altra):
        avvertenze.append(f"Punto dubbio della legge (riga P4). Un'altra lettura: {altra}.")
    if segni.altri_segni and voto.riga not in ("F1", "F2", "F4"):
        avvertenze.append(SEGNI_SENZA_EFFETTO)
    if len(voto.preferenze) > 1 and tavola.sesso_diverso is None:
        avvertenze.append(SESSO_NON_TROVATO)
    return avvertenze
