"""Between the boxes of a reading and the tables that the outcome reads."""

from collections.abc import Mapping

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Sezione
from norme.dati_scrutinio import DatiScrutinio
from risultati.affluenza import Comunicati
from risultati.caselle import Modulo
from risultati.models import Affluenza, Scrutinio, VotiLista, VotiPreferenza, VotiSindaco

CIFRE = (*Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU)


def totali_derivati(celle: Mapping[str, int | None]) -> dict[str, int | None]:
    """The figures of the section, with the totals that follow from men and women where not written."""
    cifre = {nome: celle.get(nome) for nome in CIFRE}
    for nome in ("elettori", "votanti"):
        uomini, donne = cifre[f"{nome}_m"], cifre[f"{nome}_f"]
        if cifre[nome] is None and uomini is not None and donne is not None:
            cifre[nome] = uomini + donne
    return cifre


def write_tabelle(scrutinio: Scrutinio, modulo: Modulo, celle: Mapping[str, int | None]) -> None:
    """Write the definitive figures, replacing what was there; a zero preference is not written."""
    Scrutinio.objects.filter(pk=scrutinio.pk).update(**totali_derivati(celle))
    scrutinio.voti_sindaci.all().delete()
    scrutinio.voti_liste.all().delete()
    scrutinio.voti_preferenze.all().delete()
    sindaci = dict(CandidatoSindaco.objects.di(modulo.elezione).values_list("numero", "pk"))
    VotiSindaco.objects.bulk_create(
        VotiSindaco(
            scrutinio=scrutinio,
            sindaco_id=sindaci[numero],
            voti=celle.get(f"voti_sindaci.{numero}") or 0,
            solo_sindaco=celle.get(f"solo_sindaco.{numero}"),
        )
        for numero, _ in modulo.sindaci
    )
    if not modulo.is_ballottaggio:
        _write_liste(scrutinio, modulo, celle)


def _write_liste(scrutinio: Scrutinio, modulo: Modulo, celle: Mapping[str, int | None]) -> None:
    liste = dict(Lista.objects.di(modulo.elezione).values_list("numero", "pk"))
    if modulo.ha_liste:
        VotiLista.objects.bulk_create(
            VotiLista(
                scrutinio=scrutinio, lista_id=liste[numero], voti=celle.get(f"voti_liste.{numero}") or 0
            )
            for numero, _, _ in modulo.liste
        )
    candidati = {
        f"preferenze.{lista}.{numero}": pk
        for lista, numero, pk in Candidato.objects.filter(lista__elezione=modulo.elezione).values_list(
            "lista__numero", "numero", "pk"
        )
    }
    VotiPreferenza.objects.bulk_create(
        VotiPreferenza(scrutinio=scrutinio, candidato_id=candidati[campo], preferenze=voti)
        for campo, voti in celle.items()
        if voti and campo.startswith("preferenze.")
    )


def celle_da_tabelle(scrutinio: Scrutinio, modulo: Modulo) -> dict[str, int | None]:
    """The boxes of the stored figures (totals typed from the paper are not among them)."""
    celle: dict[str, int | None] = {nome: getattr(scrutinio, nome) for nome in CIFRE}
    for numero, voti, solo in scrutinio.voti_sindaci.values_list("sindaco__numero", "voti", "solo_sindaco"):
        celle[f"voti_sindaci.{numero}"] = voti
        celle[f"solo_sindaco.{numero}"] = solo
    for numero, voti in scrutinio.voti_liste.values_list("lista__numero", "voti"):
        celle[f"voti_liste.{numero}"] = voti
    for campo, casella in modulo.campi.items():
        if campo.startswith("preferenze."):
            celle[casella.campo] = 0
    righe = scrutinio.voti_preferenze.values_list(
        "candidato__lista__numero", "candidato__numero", "preferenze"
    )
    for lista, numero, voti in righe:
        celle[f"preferenze.{lista}.{numero}"] = voti
    return {campo: celle.get(campo) for campo in modulo.campi}


def dati_scrutinio(
    celle: Mapping[str, int | None],
    modulo: Modulo,
    *,
    scrutinio: Scrutinio,
    comunicati: Comunicati | None = None,
) -> DatiScrutinio:
    """The boxes as the law reads them; what was never typed is not known."""
    sezione = scrutinio.sezione
    sindaci = [numero for numero, _ in modulo.sindaci]
    liste = [numero for numero, _, _ in modulo.liste]
    singole = (*CIFRE, "totale_sindaci", "totale_solo_sindaco", "totale_liste")
    return DatiScrutinio(
        turno=modulo.turno,
        sezione=sezione.numero if sezione else None,
        speciale=bool(sezione and sezione.tipo != "ordinaria"),
        affluenze=comunicati.ore if comunicati else {},
        **_gia_noti(sezione, comunicati.chiusura if comunicati else None),
        voti_sindaci={n: celle.get(f"voti_sindaci.{n}") for n in sindaci},
        solo_sindaco={n: celle.get(f"solo_sindaco.{n}") for n in sindaci} if modulo.ha_liste else {},
        voti_liste={n: celle.get(f"voti_liste.{n}") for n in liste} if modulo.ha_liste else {},
        preferenze={
            lista: {n: celle.get(f"preferenze.{lista}.{n}") for n, _, _ in candidati}
            for lista, candidati in modulo.candidati.items()
        },
        totali_preferenze={n: celle.get(f"totali_preferenze.{n}") for n in liste},
        collegamenti={lista: sindaco for lista, _, sindaco in modulo.liste},
        sessi={
            lista: {n: sesso for n, _, sesso in candidati if sesso}
            for lista, candidati in modulo.candidati.items()
        },
        **{nome: celle.get(nome) for nome in singole if nome != "contestate_attribuite"},
    )


def _gia_noti(sezione: Sezione | None, chiusura: Affluenza | None) -> dict[str, int | None]:
    """What the office knew before the verbale: the list of the section, the voters told at the closing."""
    noti = {"iscritti_m": sezione.elettori_m, "iscritti_f": sezione.elettori_f} if sezione else {}
    if chiusura is not None:
        noti |= {"chiusura": chiusura.totale}
        noti |= {"chiusura_m": chiusura.votanti_m, "chiusura_f": chiusura.votanti_f}
    return noti
