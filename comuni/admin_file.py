"""One file of the fascicolo from the admin, with django-import-export: upload -> preview -> confirm.

The library gives the steps, the private waiting place and the permissions; what a row means, what is new and
what is wrong come from ``comuni.importazione.import_file``, as for a whole fascicolo: rules are told once.
"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from import_export.admin import ImportMixin
from import_export.tmp_storages import MediaStorage

from comuni.caricamenti import CARTELLA
from comuni.fascicolo import FileFascicolo
from comuni.importazione import empty_model, export_file, import_file
from comuni.models import Elezione
from comuni.moduli_file import CaricaFileForm, ConfermaFileForm, read_firma, sign_nome
from comuni.risorse_file import CsvOXlsx, RisorsaFile, RisultatoFile, risorsa_di
from electoral.csv_io import wrong_rows
from electoral.permessi import Azione, comuni_dove

MASSIMO_MOSTRATE = 200


class CaricamentoPrivato(MediaStorage):
    """Uploads wait in the private archive, under a name nobody can guess."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.MEDIA_FOLDER = CARTELLA


class ImportaFileMixin(ImportMixin):
    """For a ``PerComuneAdmin``: ``file_fascicolo`` names the files its rows can come from."""

    file_fascicolo: tuple[str, ...] = ()
    import_formats = [CsvOXlsx]
    import_form_class = CaricaFileForm
    confirm_form_class = ConfermaFileForm
    tmp_storage_class = CaricamentoPrivato
    import_template_name = "admin/importa_file.html"
    import_export_change_list_template = "admin/change_list.html"
    skip_admin_log = True  # the history of every table is kept by triggers

    def get_resource_classes(self, request) -> list[type[RisorsaFile]]:
        """The files this person may import somewhere."""
        risorse = [risorsa_di(nome) for nome in self.file_fascicolo]
        return [risorsa for risorsa in risorse if _may(request, risorsa.file().azione)]

    def has_import_permission(self, request) -> bool:
        return bool(self.get_resource_classes(request))

    def get_urls(self):
        app, modello = self.get_model_info()
        viste = [("errate", self.errate_view), ("scarica", self.scarica_view)]
        return [
            path(f"import/{nome}/", self.admin_site.admin_view(vista), name=f"{app}_{modello}_import_{nome}")
            for nome, vista in viste
        ] + super().get_urls()

    def get_import_form_kwargs(self, request) -> dict:
        return {**super().get_import_form_kwargs(request), "utente": request.user}

    def get_import_form_initial(self, request) -> dict:
        nomi = [risorsa.nome_file for risorsa in self.get_resource_classes(request)]
        scelto = request.GET.get("file", "")
        return {
            "elezione": request.GET.get("elezione", ""),
            "resource": str(nomi.index(scelto)) if scelto in nomi else "0",
        }

    def get_confirm_form_kwargs(self, request, import_form=None) -> dict:
        risorse = self.get_resource_classes(request)
        return {
            **super().get_confirm_form_kwargs(request, import_form),
            "utente": request.user,
            "risorse": risorse,
        }

    def get_confirm_form_initial(self, request, import_form) -> dict:
        if import_form is None:
            return {}
        valori = super().get_confirm_form_initial(request, import_form)
        return {
            **valori,
            "import_file_name": sign_nome(valori["import_file_name"], request.user),
            "elezione": import_form.cleaned_data["elezione"].slug,
        }

    def get_import_resource_kwargs(self, request, **kwargs) -> dict:
        modulo = kwargs.get("form")
        elezione = getattr(modulo, "cleaned_data", {}).get("elezione") if modulo else None
        if elezione is not None:
            self._require(request, elezione, self.choose_import_resource_class(modulo, request).file())
        return {"elezione": elezione, "by": request.user}

    def _require(self, request, elezione: Elezione, file: FileFascicolo) -> None:
        """The form offers the elections of any of its files; this one may ask for more."""
        if not Elezione.objects.visibili_a(request.user, file.azione).filter(pk=elezione.pk).exists():
            raise Http404("Elezione non trovata.")

    def import_action(self, request: HttpRequest, **kwargs) -> HttpResponse:
        slug = request.GET.get("elezione", "")
        request.elezione = (
            Elezione.objects.visibili_a(request.user).filter(slug=slug).first()
        )  # for the frame
        risposta = super().import_action(request, **kwargs)
        contesto = getattr(risposta, "context_data", None)
        if contesto is not None:
            contesto |= self._context(request, contesto)
        return risposta

    def _context(self, request, contesto: dict) -> dict:
        modulo, risultato = contesto["form"], contesto.get("result")
        risorse = self.get_resource_classes(request)
        altro = {
            "title": f"Importa: {self.opts.verbose_name_plural}",
            "risorse": [risorsa.file() for risorsa in risorse],
            "mostrate": MASSIMO_MOSTRATE,
            "poi": request.GET.get("poi", ""),
        }
        if risultato is None:
            return altro
        dati, lettura = modulo.cleaned_data, next(iter(risultato.importazione.letture.values()))
        nuove = [riga.number for riga in risultato.rows if riga.is_new()][:MASSIMO_MOSTRATE]
        firma = sign_nome(dati["import_file"].tmp_storage_name, request.user)
        domanda = {"firma": firma, "elezione": dati["elezione"].slug, "file": risorse[_index(dati)].nome_file}
        return altro | {
            "title": f"Anteprima: {risultato.nome}",
            "elezione": dati["elezione"],
            "conteggio": risultato.importazione.conteggio(risultato.nome),
            "differenze": risultato.importazione.differenze[:MASSIMO_MOSTRATE],
            "intestazione": lettura.intestazione,
            "nuove": [(numero, lettura.grezze[numero]) for numero in nuove],
            "url_errate": f"{self._url('import_errate')}?{urlencode(domanda)}",
        }

    def process_import(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            risposta = super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.warning(request, "Questo file è già stato importato o è scaduto: non è cambiato nulla.")
            return redirect(self._url("import"))
        if errori := getattr(risposta, "context_data", {}).get("errors"):
            for testi in errori.values():
                messages.error(request, " ".join(testi))
            return redirect(self._url("import"))
        return risposta

    def process_result(self, result: RisultatoFile, request) -> HttpResponse:
        if result.errori:
            quanti = len(result.errori)
            messages.error(
                request,
                f"Dall'anteprima a ora qualcosa è cambiato: {quanti} errori, non è stato salvato nulla. "
                f"Il primo: {result.errori[0].testo}",
            )
            return redirect(self._url("import"))
        conteggio = result.importazione.conteggio(result.nome)
        azzerati = f", {conteggio.azzerati} azzerati" if conteggio.azzerati else ""
        messages.success(
            request,
            f"Importato {result.nome}: {conteggio.nuovi} nuovi, {conteggio.modificati} modificati, "
            f"{conteggio.invariati} già uguali{azzerati}.",
        )
        return redirect(self._url("changelist"))

    def _url(self, nome: str) -> str:
        app, modello = self.get_model_info()
        return reverse(f"admin:{app}_{modello}_{nome}", current_app=self.admin_site.name)

    def errate_view(self, request: HttpRequest) -> HttpResponse:
        """The wrong rows of an upload that waits, to be mended and loaded again."""
        elezione, risorsa = self._asked(request)
        try:
            nome = read_firma(request.GET.get("firma", ""), request.user)
            contenuto = CaricamentoPrivato(name=nome, read_mode="rb").read()
        except (forms.ValidationError, FileNotFoundError):
            raise Http404("Il caricamento non c'è più.") from None
        prova = import_file(elezione, risorsa.file(), contenuto, nome=risorsa.nome_file, prova=True)
        righe = wrong_rows(prova.letture[risorsa.nome_file], prova.errori)
        return _download(righe, f"righe-errate-{risorsa.nome_file}")

    def scarica_view(self, request: HttpRequest) -> HttpResponse:
        """The file as it is stored now, or (``vuoto``) only its columns."""
        elezione, risorsa = self._asked(request)
        if "vuoto" in request.GET:
            return _download(empty_model(risorsa.file()), risorsa.nome_file)
        return _download(export_file(elezione, risorsa.file(), vuoto=True) or b"", risorsa.nome_file)

    def _asked(self, request: HttpRequest) -> tuple[Elezione, type[RisorsaFile]]:
        risorse = {risorsa.nome_file: risorsa for risorsa in self.get_resource_classes(request)}
        risorsa = risorse.get(request.GET.get("file", ""))
        elezione = Elezione.objects.filter(slug=request.GET.get("elezione", "")).first()
        if risorsa is None or elezione is None:
            raise Http404("File o elezione non trovati.")
        self._require(request, elezione, risorsa.file())
        return elezione, risorsa


def _index(dati: dict) -> int:
    return int(dati.get("resource") or 0)


def _may(request, azione: Azione) -> bool:
    comuni = comuni_dove(request.user, azione)
    return comuni is None or bool(comuni)


def _download(contenuto: bytes, nome: str) -> HttpResponse:
    return HttpResponse(
        contenuto,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nome}"', "Cache-Control": "no-store"},
    )
