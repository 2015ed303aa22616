"""Documents of the offices: sitting, letters, list for posting, labels, representatives.

The letters hold addresses, so only who sees the offices may open them; what is posted holds names only.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import segno
from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.atti import cornice, produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione
from comuni.parole_data import data_estesa
from electoral.permessi import Azione
from norme.albi import esclusi
from norme.sorteggio import script_verifica
from seggi.insediamento import momento_insediamento
from seggi.models import (
    Consegna,
    Nomina,
    PostoGraduatoria,
    Rappresentante,
    RuoloUfficio,
    SorteggioScrutatori,
    Ufficio,
)
from seggi.uffici import build_quadro


def base_documento(elezione: Elezione, titolo: str) -> dict[str, object]:
    """What every document of this room begins and ends with."""
    base = cornice(elezione, titolo, data=timezone.localdate())
    return base | {"giorni": base["giorni_brevi"]}


def produce_avviso_seduta(elezione: Elezione, *, quando: datetime, luogo: str, by=None) -> Atto:
    """The avviso of the public sitting, to be posted two days before (art. 6 l. 95/1989)."""
    locale = timezone.localtime(quando)
    giorni = parametri_di(elezione).intero("avviso_seduta_giorni")
    contesto = {
        **base_documento(elezione, "Nomina degli scrutatori: avviso della seduta pubblica"),
        "seduta": data_estesa(locale.date(), con_giorno=True),
        "ora": f"{locale:%H.%M}",
        "dove": luogo,
        "affissione": data_estesa(locale.date() - timedelta(days=giorni), con_giorno=True),
    }
    sorteggio = SorteggioScrutatori.objects.valido(elezione)
    contesto["impronta"] = sorteggio.impronta if sorteggio else ""
    contesto["nomi"] = len(sorteggio.elenco) if sorteggio else 0
    return produce_atto(
        elezione,
        tipo="avviso_seduta_scrutatori",
        titolo="Avviso della seduta per la nomina degli scrutatori",
        modello="avviso_seduta_scrutatori",
        contesto=contesto,
        by=by,
    )


def produce_verbale_sorteggio(sorteggio: SorteggioScrutatori, *, by=None) -> Atto:
    """The verbale of the sitting with the roll's hash, the seed, who was drawn, the reserves."""
    if sorteggio.eseguito_il is None:
        raise ValidationError("Il sorteggio non è ancora stato eseguito: il verbale nasce dal suo esito.")
    elezione = sorteggio.elezione
    estratti = Nomina.objects.di(elezione).filter(
        metodo=Nomina.Metodo.SORTEGGIO, nominato_il=sorteggio.eseguito_il
    )
    esecuzione = timezone.localtime(sorteggio.eseguito_il)
    contesto = {
        **base_documento(elezione, "Verbale della nomina degli scrutatori per sorteggio"),
        "data": data_estesa(esecuzione.date()),
        "seduta": data_estesa(esecuzione.date(), con_giorno=True),
        "ora": f"{esecuzione:%H.%M}",
        "pubblicato": f"{timezone.localtime(sorteggio.pubblicato_il):%d/%m/%Y %H:%M}",
        "impronta": sorteggio.impronta,
        "nomi": len(sorteggio.elenco),
        "seme": sorteggio.seme,
        "origine": sorteggio.origine_seme,
        "presenti": sorteggio.presenti,
        "strati": sorteggio.strati,
        "script": script_verifica(),
        "estratti": [
            {"sezione": n.ufficio.sezione.numero, "numero": n.iscritto.numero_albo, "nome": str(n)}
            for n in estratti.select_related("ufficio__sezione", "iscritto").order_by(
                "ufficio__sezione__numero", "posizione"
            )
        ],
        "riserve": [
            {"posizione": p.posizione, "numero": p.iscritto.numero_albo, "nome": str(p.iscritto)}
            for p in PostoGraduatoria.objects.di(elezione).select_related("iscritto")
        ],
    }
    return produce_atto(
        elezione,
        tipo="verbale_sorteggio_scrutatori",
        oggetto=str(sorteggio.pk),
        titolo="Verbale della nomina degli scrutatori",
        modello="verbale_sorteggio_scrutatori",
        contesto=contesto,
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def lettera(nomina: Nomina) -> dict[str, object]:
    """What one letter says of its person."""
    sezione = nomina.ufficio.sezione
    madre = sezione.sezione_madre or sezione
    return {
        "nome": str(nomina),
        "indirizzo": nomina.indirizzo,
        "nascita": f"{nomina.data_nascita:%d/%m/%Y}" if nomina.data_nascita else "",
        "ruolo": nomina.get_ruolo_display(),
        "sezione": sezione.numero,
        "tipo": "" if sezione.tipo == "ordinaria" else sezione.get_tipo_display(),
        "plesso": sezione.plesso or madre.plesso,
        "sede": sezione.indirizzo or madre.indirizzo,
        "sostituisce": str(nomina.sostituisce) if nomina.sostituisce_id else "",
        "metodo": nomina.get_metodo_display(),
    }


def lettere_contesto(elezione: Elezione, nomine: Iterable[Nomina]) -> dict[str, object]:
    """The frozen context of any number of letters."""
    parametri = parametri_di(elezione)
    insediamento = timezone.localtime(momento_insediamento(elezione))
    ballottaggio = elezione.data_ballottaggio
    return {
        **base_documento(elezione, "Nomina a componente dell'ufficio elettorale di sezione"),
        "insediamento": data_estesa(insediamento.date(), con_giorno=True),
        "ora": f"{insediamento:%H.%M}",
        "esclusi": {
            ruolo: "; ".join(voce.testo for voce in esclusi(ruolo, parametri=parametri))
            for ruolo in RuoloUfficio.values
        },
        "ore_rinuncia": parametri.intero("grave_impedimento_ore"),
        "regole": regole_del_seggio(elezione),
        "ballottaggio": data_estesa(ballottaggio, con_giorno=True) if ballottaggio else "",
        "lettere": [lettera(nomina) for nomina in nomine],
    }


def produce_lettere(elezione: Elezione, *, nomine: Sequence[Nomina], by=None) -> Atto:
    """Letters of nomination, one page each: all in one PDF, or the one of a single person."""
    if not nomine:
        raise ValidationError("Nessuna nomina scelta: le lettere sono di chi ha un posto.", code="vuoto")
    sola = nomine[0] if len(nomine) == 1 else None
    return produce_atto(
        elezione,
        tipo="lettere_nomina" if sola is None else "lettera_nomina",
        oggetto="" if sola is None else str(sola.pk),
        titolo=f"Lettere di nomina ({len(nomine)})" if sola is None else f"Lettera di nomina: {sola}",
        modello="nomina_componente",
        contesto=lettere_contesto(elezione, nomine),
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def produce_elenco_affissione(elezione: Elezione, *, by=None) -> Atto:
    """The components of every office, for posting: names only, no codice fiscale, no address."""
    uffici = [
        {
            "sezione": q.ufficio.sezione.numero,
            "tipo": "" if q.ufficio.sezione.tipo == "ordinaria" else q.ufficio.sezione.get_tipo_display(),
            "presidente": _names(q, RuoloUfficio.PRESIDENTE),
            "scrutatori": _names(q, RuoloUfficio.SCRUTATORE),
            "segretario": _names(q, RuoloUfficio.SEGRETARIO),
        }
        for q in build_quadro(elezione)
        if q.posti
    ]
    return produce_atto(
        elezione,
        tipo="elenco_componenti",
        titolo="Elenco dei componenti degli uffici di sezione",
        modello="elenco_componenti",
        contesto={
            **base_documento(elezione, "Componenti degli uffici elettorali di sezione"),
            "uffici": uffici,
        },
        by=by,
    )


def _names(quadro, ruolo: str) -> list[str]:
    return [str(p.nomina) for p in quadro.posti if p.ruolo == ruolo and p.nomina]


def produce_elenco_rappresentanti(elezione: Elezione, *, by=None) -> Atto:
    """The representatives designated, section by section, for the presidenti."""
    righe: dict[str, list[dict[str, str]]] = {}
    for r in Rappresentante.objects.di(elezione).select_related("sezione"):
        dove = f"Sezione {r.sezione.numero}" if r.sezione else "Ufficio centrale o adunanza dei presidenti"
        righe.setdefault(dove, []).append(
            {
                "lista": r.lista,
                "nome": str(r),
                "qualita": r.get_qualita_display(),
                "nota": "" if r.elettore else "non elettore del comune: non vota nella sezione",
            }
        )
    if not righe:
        raise ValidationError("Nessun rappresentante designato.", code="vuoto")
    return produce_atto(
        elezione,
        tipo="elenco_rappresentanti",
        titolo="Rappresentanti di lista designati",
        modello="elenco_rappresentanti",
        contesto={
            **base_documento(elezione, "Rappresentanti di lista designati"),
            "uffici": [{"dove": dove, "righe": voci} for dove, voci in righe.items()],
        },
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def regole_del_seggio(elezione: Elezione) -> dict[str, object]:
    """What the presidente checks in the room and in the papers of who votes (arts. 37 and 48 TU)."""
    parametri = parametri_di(elezione)
    cabine, documento = parametri["cabine"], parametri["documento_scaduto_anni"]
    return {
        "cabine": cabine.valore["totale"],
        "accessibili": cabine.valore["accessibili"],
        "articolo_cabine": str(cabine.riferimento),
        "anni_documento": documento.valore,
        "articolo_documento": str(documento.riferimento),
    }


def codice_qr(indirizzo: str) -> str:
    """The SVG of the code that opens an address."""
    codice = segno.make(indirizzo, micro=False, error="m")
    uscita = io.BytesIO()
    codice.save(uscita, kind="svg", xmldecl=False, border=1, scale=4, nl=False)
    return uscita.getvalue().decode()


def key_of(fra: tuple[int, int] | None, *, turno: int = 1) -> str:
    """The object of an act about all the sections, one of them, or those from the first to the last."""
    quali = "" if fra is None else str(fra[0]) if fra[0] == fra[1] else f"{fra[0]}-{fra[1]}"
    return quali if turno == 1 else f"ballottaggio {quali}".strip()


def say_sezioni(fra: tuple[int, int] | None) -> str:
    """«: sezione 7», «: sezioni dalla 1 alla 100», nothing for all of them."""
    if fra is None:
        return ""
    return f": sezione {fra[0]}" if fra[0] == fra[1] else f": sezioni dalla {fra[0]} alla {fra[1]}"


def produce_etichette(elezione: Elezione, *, pagina_di, fra: tuple[int, int] | None = None, by=None) -> Atto:
    """Labels of the packages of each section, with the code that opens its page (``pagina_di(numero)``)."""
    uffici = Ufficio.objects.di(elezione).select_related("sezione")
    if fra:
        uffici = uffici.filter(sezione__numero__range=fra)
    consegne: dict[int, list[Consegna]] = {}
    for consegna in Consegna.objects.filter(ufficio__in=uffici).order_by("pk"):
        consegne.setdefault(consegna.ufficio_id, []).append(consegna)
    etichette = [
        {
            "sezione": ufficio.sezione.numero,
            "sede": " ".join(filter(None, [ufficio.sezione.plesso, ufficio.sezione.indirizzo])),
            "codice": codice_qr(pagina_di(ufficio.sezione.numero)),
            "voci": [
                f"{c.quantita} × {c.voce}" if c.quantita > 1 else c.voce for c in consegne.get(ufficio.pk, [])
            ],
        }
        for ufficio in uffici
    ]
    if not etichette:
        raise ValidationError("Nessun ufficio costituito: prima si creano gli uffici.", code="vuoto")
    return produce_atto(
        elezione,
        tipo="etichette_materiale",
        oggetto=key_of(fra),
        titolo="Etichette e liste di consegna del materiale" + say_sezioni(fra),
        modello="etichette_materiale",
        contesto={
            **base_documento(elezione, "Materiale delle sezioni"),
            "etichette": etichette,
            "regole": regole_del_seggio(elezione),
        },
        by=by,
    )
