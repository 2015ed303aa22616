"""What every page needs to know."""

from django.conf import settings


def urna(request) -> dict[str, object]:
    return {"versione_urna": settings.VERSIONE}
