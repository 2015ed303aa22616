"""What is refused for every page at once: a character no keyboard writes, a change of what is frozen."""

from datetime import date

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import bad_request

from electoral.csv_valori import ANNI

NUL = "\x00"
CIFRE_CHIAVE = 18  # a bigint holds any of them
CHECK_VIOLATION = "23514"


class CaratteriVietatiMiddleware:
    """400 for a NUL in the address, in the query string or in a form: no page has to think of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if NUL in request.path or _has_nul(request.GET) or _has_nul(request.POST):
            raise BadRequest("Carattere non ammesso.")

    def process_exception(self, request, exception):
        """A year of twenty digits in an address: the filters of the archives use it without looking."""
        if isinstance(exception, OverflowError) and request.GET:
            return bad_request(request, exception)
        return None


def check_anno(giorno: date) -> None:
    """A year of nobody: browsers write 0021 for who types 21; a moment before year 1 cannot be read back."""
    if giorno.year not in ANNI:
        raise ValidationError(
            f"L'anno {giorno.year} non è possibile: scriverlo con quattro cifre, per esempio 2026.",
            code="anno",
        )


def limit_anni() -> None:
    """Every box of every form that takes a day or a moment, those of the archives too."""
    for campo in (forms.DateField, forms.DateTimeField):
        if check_anno not in campo.default_validators:
            campo.default_validators = [*campo.default_validators, check_anno]


class CongelatoMiddleware:
    """409, with its own words, when the database refuses to change what a proclamation has frozen.

    Pages say it before, where they can: this is for every other road, the archives and the files included.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not (rifiuto := refusal_of_trigger(exception)):
            return None
        # inside a transaction that is lost no query can be made: the page comes without its menus
        intorno = None if connection.needs_rollback else request
        return HttpResponse(render_to_string("409.html", {"rifiuto": rifiuto}, request=intorno), status=409)


def refusal_of_trigger(errore: Exception) -> str:
    """The sentence of a trigger of ours (a check that is of no constraint), or nothing."""
    causa = errore.__cause__
    if not isinstance(errore, IntegrityError) or getattr(causa, "sqlstate", "") != CHECK_VIOLATION:
        return ""
    return "" if causa.diag.constraint_name else f"{causa.diag.message_primary}"


def read_chiave(testo: str | None) -> int | None:
    """The key of a row as a form sends it; None for anything else, however long."""
    testo = testo or ""
    return int(testo) if testo.isascii() and testo.isdecimal() and len(testo) <= CIFRE_CHIAVE else None


def _has_nul(dati) -> bool:
    return any(NUL in nome or any(NUL in v for v in valori) for nome, valori in dati.lists())
