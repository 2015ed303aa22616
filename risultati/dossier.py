"""The dossier of a section: figures, who, when, findings and why, hash of the scans."""

from django.utils import timezone

from comuni.atti import produce_atto
from comuni.models import Atto, Sezione
from risultati.caselle import Modulo, build_modulo
from risultati.consolidamento import celle_da_tabelle
from risultati.controlli import as_rilievo
from risultati.digitazione import celle_di, get_scrutinio
from risultati.models import Annotazione, Digitazione, Scansione, Scrutinio


def produce_dossier(sezione: Sezione, turno: int, *, by) -> Atto:
    """Produce, or give back, the PDF of the section as it is now."""
    scrutinio, modulo = get_scrutinio(sezione, turno), build_modulo(sezione.elezione, turno)
    return produce_atto(
        sezione.elezione,
        tipo="dossier_sezione",
        oggetto=f"t{turno}-sezione-{sezione.numero}",
        titolo=f"Fascicolo della sezione {sezione.numero}",
        modello="dossier_sezione",
        contesto=contesto_dossier(scrutinio, modulo),
        by=by,
    )


def contesto_dossier(scrutinio: Scrutinio, modulo: Modulo) -> dict[str, object]:
    """The frozen content; nothing in it depends on when it is printed."""
    sezione, elezione = scrutinio.sezione, modulo.elezione
    letture = list(
        scrutinio.digitazioni.select_related("iniziata_da", "conclusa_da").prefetch_related(
            "passi__salvato_da"
        )
    )
    prima = next((d for d in letture if d.ordine == Digitazione.Ordine.PRIMA), None)
    celle = celle_di(prima) if prima else celle_da_tabelle(scrutinio, modulo)
    return {
        "comune": elezione.comune.nome,
        "elezione": f"Elezione del sindaco e del consiglio comunale, {scrutinio.get_turno_display()}",
        "data": f"{elezione.data:%d/%m/%Y}",
        "sezione": sezione.numero,
        "luogo": ", ".join(filter(None, [sezione.plesso, sezione.indirizzo])),
        "stato": scrutinio.get_stato_display(),
        "versione": scrutinio.versione,
        "quadri": _quadri(modulo, celle),
        "letture": [_lettura(d) for d in letture],
        "rilievi": [
            _rilievo(riga, da_file=not letture) for riga in scrutinio.rilievi.select_related("deciso_da")
        ],
        "passaggi": [_passaggio(p) for p in scrutinio.passaggi.select_related("fatto_da")],
        "note": [_nota(a) for a in _di_sezione(Annotazione, scrutinio).select_related("scritta_da")],
        "scansioni": [_scansione(s) for s in _di_sezione(Scansione, scrutinio).select_related("caricata_da")],
    }


def _quadri(modulo: Modulo, celle) -> list[dict[str, object]]:
    """The figures by step; a list prints only the candidates with preferences, and says so."""
    quadri = []
    for passo in modulo.passi:
        righe = [
            {"nome": modulo.etichetta(campo), "valore": celle.get(campo)}
            for campo in passo.campi
            if celle.get(campo) or not passo.is_preferenze
        ]
        quadri.append(
            {
                "titolo": passo.titolo,
                "sotto": passo.sottotitolo,
                "righe": righe,
                "preferenze": passo.is_preferenze,
            }
        )
    return quadri


def _lettura(digitazione: Digitazione) -> dict[str, object]:
    persone = sorted({str(p.salvato_da) for p in digitazione.passi.all() if p.salvato_da})
    return {
        "titolo": digitazione.get_ordine_display(),
        "persone": ", ".join(persone) or str(digitazione.iniziata_da or "—"),
        "inizio": _quando(digitazione.iniziata_il),
        "fine": _quando(digitazione.conclusa_il),
        "motivo": digitazione.motivo,
    }


def _rilievo(riga, *, da_file: bool) -> dict[str, object]:
    rilievo = as_rilievo(riga)
    return {
        "codice": riga.codice,
        "testo": rilievo.testo,
        "articolo": rilievo.voce.articolo,
        "motivo": riga.motivo,
        "senza": "Cifre arrivate da un file: nessuna decisione." if da_file else "Da decidere",
        "chi": str(riga.deciso_da or ""),
        "quando": _quando(riga.deciso_il),
    }


def _di_sezione(modello, scrutinio: Scrutinio):
    return modello.objects.filter(sezione=scrutinio.sezione, turno=scrutinio.turno)


def _passaggio(passaggio) -> dict[str, str]:
    return {
        "quando": _quando(passaggio.fatto_il),
        "chi": str(passaggio.fatto_da or "—"),
        "da": passaggio.get_da_display(),
        "a": passaggio.get_a_display(),
        "motivo": passaggio.motivo,
    }


def _nota(nota: Annotazione) -> dict[str, str]:
    return {
        "quando": _quando(nota.scritta_il),
        "chi": str(nota.scritta_da or "—"),
        "tipo": nota.get_tipo_display(),
        "testo": nota.testo,
    }


def _scansione(scansione: Scansione) -> dict[str, str]:
    return {
        "nome": scansione.nome,
        "sha256": scansione.sha256,
        "quando": _quando(scansione.caricata_il),
        "chi": str(scansione.caricata_da or "—"),
        "ritiro": scansione.motivo_ritiro,
    }


def _quando(istante) -> str:
    return f"{timezone.localtime(istante):%d/%m/%Y %H:%M:%S}" if istante else ""
