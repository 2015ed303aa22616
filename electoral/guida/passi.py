"""The guided first entry: six steps at most, each about something on the page, chosen by role."""

from dataclasses import dataclass

from electoral.permessi import Ruolo

TUTTI = frozenset(Ruolo)


@dataclass(frozen=True, slots=True)
class Passo:
    """One step: ``mira`` is the CSS selector of what it speaks about, if it is on the page."""

    titolo: str
    testo: str
    mira: str
    ruoli: frozenset[str] = TUTTI


_UFFICIO = frozenset({Ruolo.RESPONSABILE, Ruolo.OPERATORE})
PASSI = (
    Passo(
        "Dove si trova",
        "In alto il comune, i giorni di voto, a che punto si è. «Elezioni» elenca quelle che può aprire.",
        "#elenco-elezioni, .testata-marchio",
    ),
    Passo(
        "Crei la sua elezione",
        "Bastano comune, domenica del voto e popolazione legale: il resto lo dice la legge, con l'articolo.",
        ".intestazione .azione",
        _UFFICIO,
    ),
    Passo(
        "Le fasi, nell'ordine del calendario",
        "Da Preparazione a Mandato. Il pallino segna la fase in corso; si vedono le pagine del suo ruolo.",
        ".fasi",
        _UFFICIO | {Ruolo.RAGIONERIA, Ruolo.PREFETTURA},
    ),
    Passo(
        "Le liste da esaminare",
        "In Candidature → Esame ogni lista ha i rilievi, l'articolo e una proposta: la decisione è sua.",
        ".fasi",
        frozenset({Ruolo.COMMISSIONE}),
    ),
    Passo(
        "Scriva il numero della sezione",
        "In Scrutinio → Sezioni scriva il numero e prema Invio: copi le cifre nell'ordine del verbale. "
        "Ogni tasto è già al sicuro.",
        ".fasi",
        frozenset({Ruolo.DIGITATORE}),
    ),
    Passo(
        "Che cosa scade",
        "Il quadro dell'elezione mostra ciò che scade oggi, ciò che è in ritardo e i prossimi sette giorni.",
        "#contenuto .quadro",
        _UFFICIO,
    ),
    Passo(
        "Errori e avvisi hanno un codice",
        "E ferma la chiusura, W chiede un motivo; nessuno impedisce di salvare. "
        "Il codice si apre e dice che cosa fare.",
        ".testata-stato, .testata-marchio",
        TUTTI - {Ruolo.RAGIONERIA, Ruolo.PREFETTURA},
    ),
    Passo(
        "La guida è sempre qui",
        "«Guida» apre la spiegazione della pagina in cui si trova. Nel menù con il suo nome: password, "
        "verifica in due passaggi, aspetto chiaro o scuro.",
        "[data-guida]",
    ),
)


def passi_di(utente) -> list[Passo]:
    """The steps for the roles of that person; the amministratore does the work of the office."""
    ruoli = {ruolo for _, ruolo in utente.coppie_comune_ruolo()}
    if utente.is_superuser:
        ruoli |= _UFFICIO
    return [passo for passo in PASSI if passo.ruoli & ruoli or passo.ruoli == TUTTI]
