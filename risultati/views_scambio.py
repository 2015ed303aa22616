"""CSV of the sections: the page, the download, the upload."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Elezione
from electoral.permessi import Azione, puo
from risultati.accesso_sezioni import pagina_giornata, sezioni_di
from risultati.caselle import build_modulo
from risultati.fascicolo.cartella import FascicoloErrato, read_zip
from risultati.ingressi import read_numero
from risultati.scambio import COLONNE, FileRifiutati, export_sezioni, import_sezioni, write_zip
from risultati.stati import PassaggioVietato

VEDERE = (Azione.DIGITARE, Azione.VEDERE_RISULTATI)
BYTE_MASSIMI = 20 * 1024 * 1024


@pagina_giornata(*VEDERE)
def scambio(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    errori = []
    digita = puo(request.user, Azione.DIGITARE, elezione.comune_id)
    if request.method == "POST" and digita:
        errori = _import(request, elezione, turno)
        if not errori:
            return redirect("giornata:scambio_turno", elezione.slug, turno)
    contesto = {
        "titolo": "File delle sezioni",
        "elezione": elezione,
        "turno": turno,
        "digita": digita,
        "errori": errori,
        "puo_bozze": _may_export_bozze(request, elezione),
        "file_previsti": [(nome, [c.nome for c in colonne]) for nome, colonne in COLONNE.items()],
    }
    return render(request, "giornata/scambio.html", contesto, status=422 if errori else 200)


def _import(request: HttpRequest, elezione: Elezione, turno: int) -> list:
    """Errors to show; none when everything was saved (or there was nothing to read)."""
    try:
        caricati, estranei = _uploaded(request.FILES.getlist("file"))
    except FascicoloErrato as errato:
        return errato.errori
    if estranei or not caricati:
        attesi = ", ".join(COLONNE)
        messages.error(
            request, f"Scelga file che si chiamano {attesi}, o uno ZIP che li contiene." + _estranei(estranei)
        )
        return []
    sezioni = {sezione.numero: sezione for sezione in sezioni_di(request.user, elezione)}
    for sezione in sezioni.values():
        sezione.elezione = elezione
    try:
        fatte = import_sezioni(caricati, build_modulo(elezione, turno), sezioni=sezioni, by=request.user)
    except FileRifiutati as rifiutati:
        return rifiutati.errori
    except PassaggioVietato as vietato:
        messages.error(request, str(vietato))
        return []
    quali = ", ".join(str(n) for n in fatte[:30]) + ("…" if len(fatte) > 30 else "")
    messages.success(request, f"Caricate {len(fatte)} sezioni ({quali}): ora vanno controllate e chiuse.")
    return []


def _uploaded(files) -> tuple[dict[str, bytes], list[str]]:
    """Contents by the name we know; a ZIP (as this page gives it) counts for the files inside."""
    trovati: list[tuple[str, bytes]] = []
    estranei = []
    for file in files:
        if file.size > BYTE_MASSIMI:
            estranei.append(file.name)
        elif file.name.lower().endswith(".zip"):
            trovati += read_zip(file.read(), nome=file.name).items()
        else:
            trovati.append((file.name, file.read()))
    caricati: dict[str, bytes] = {}
    for nome, contenuto in trovati:
        noto = next((n for n in COLONNE if nome.lower().endswith(n)), None)
        if noto is None or noto in caricati:
            estranei.append(nome)
        else:
            caricati[noto] = contenuto
    return caricati, estranei


def _estranei(nomi: list[str]) -> str:
    return f" Non vanno bene: {', '.join(nomi[:5])}." if nomi else ""


def _may_export_bozze(request: HttpRequest, elezione: Elezione) -> bool:
    """Figures not yet definitive: not for who may have to type the second reading blind."""
    return puo(request.user, Azione.DIRIMERE, elezione.comune_id)


@pagina_giornata(*VEDERE)
def esporta(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    """A zip with the files of DESIGN 5.2 for one section, or all one may see."""
    sezioni = sezioni_di(request.user, elezione)
    numero = read_numero(request.GET.get("sezione", ""))
    if numero is not None:
        sezioni = sezioni.filter(numero=numero)
    bozze = _may_export_bozze(request, elezione)
    file = export_sezioni(build_modulo(elezione, turno), sezioni, bozze=bozze and "bozze" in request.GET)
    if not file:
        messages.warning(request, "Non c'è ancora nessuna sezione definitiva da scaricare.")
        return redirect("giornata:scambio_turno", elezione.slug, turno)
    nome = f"{elezione.slug}-turno{turno}" + ("" if numero is None else f"-sezione{numero}")
    risposta = HttpResponse(write_zip(file), content_type="application/zip")
    risposta["Content-Disposition"] = f'attachment; filename="{nome}.zip"'
    return risposta
