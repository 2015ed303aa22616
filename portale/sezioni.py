"""The sections of an election as the public page shows them: who got what, where."""

from candidature.models import Candidato
from comuni.models import Elezione
from risultati.models import Scrutinio, VotiSindaco

MOSTRATE = 300
"""Beyond, the page would be heavier than a phone likes: the CSV says the same."""


def tabelle_sezioni(elezione: Elezione) -> list[dict]:
    """One table for each turno counted by section: voters, valid votes, votes of each sindaco."""
    definitivi = Scrutinio.objects.di(elezione).definitivi().filter(sezione__isnull=False)
    scrutini = list(definitivi.select_related("sezione").order_by("turno", "sezione__numero"))
    if not scrutini:
        return []
    voti = {
        (scrutinio, sindaco): quanti
        for scrutinio, sindaco, quanti in VotiSindaco.objects.filter(scrutinio__in=definitivi).values_list(
            "scrutinio", "sindaco", "voti"
        )
    }
    nomi = dict(elezione.candidati_sindaco.order_by("numero").values_list("pk", "cognome"))
    turni = sorted({scrutinio.turno for scrutinio in scrutini})
    return [_tabella(turno, [s for s in scrutini if s.turno == turno], voti, nomi) for turno in turni]


def _votanti(scrutinio: Scrutinio) -> int | None:
    if scrutinio.votanti is None and None not in (scrutinio.votanti_m, scrutinio.votanti_f):
        return scrutinio.votanti_m + scrutinio.votanti_f
    return scrutinio.votanti


def _tabella(turno: int, scrutini: list[Scrutinio], voti: dict, nomi: dict[int, str]) -> dict:
    di_qui = {s.pk for s in scrutini}
    presenti = {sindaco for scrutinio, sindaco in voti if scrutinio in di_qui}
    colonne = [pk for pk in nomi if pk in presenti]
    return {
        "turno": turno,
        "nome": "Primo turno" if turno == 1 else "Ballottaggio",
        "sindaci": [nomi[pk] for pk in colonne],
        "troppe": len(scrutini) > MOSTRATE,
        "righe": [
            {
                "sezione": s.sezione.numero,
                "votanti": _votanti(s),
                "voti_validi": s.voti_validi,
                "voti": [voti.get((s.pk, pk)) for pk in colonne],
            }
            for s in scrutini[:MOSTRATE]
        ],
    }


def righe_liste(elezione: Elezione) -> list[dict]:
    """Who the numbers of the other files are: lists with their sindaco."""
    return [
        {
            "lista": lista.numero,
            "denominazione": lista.denominazione,
            "sindaco": lista.sindaco.numero,
            "candidato_sindaco": str(lista.sindaco),
        }
        for lista in elezione.liste.in_corsa().select_related("sindaco").order_by("numero")
    ]


def righe_candidati(elezione: Elezione) -> list[dict]:
    """Who the numbers are: the names of the manifesto, without birth places, dates and codes."""
    return [
        {"lista": c.lista.numero, "candidato": c.numero, "cognome": c.cognome, "nome": c.nome}
        for c in Candidato.objects.in_corsa()
        .filter(lista__in=elezione.liste.in_corsa())
        .select_related("lista")
        .order_by("lista__numero", "numero")
    ]
