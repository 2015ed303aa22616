"""What no keyboard writes is refused at the door: a NUL character, which the database cannot hold."""

from django.core.exceptions import BadRequest

NUL = "\x00"


class CaratteriVietatiMiddleware:
    """400 for a NUL in the address, in the query string or in a form: no page has to think of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if NUL in request.path or _has_nul(request.GET) or _has_nul(request.POST):
            raise BadRequest("Carattere non ammesso.")


def _has_nul(dati) -> bool:
    return any(NUL in nome or any(NUL in v for v in valori) for nome, valori in dati.lists())
