"""To find a comune by what a person types: the name, with the province where two share it."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html_join

from comuni.models import Comune
from electoral.ordine import chiave_ordine

ESEMPIO = "Scrivere il nome del comune; se più d'uno si chiama così, «Nome (Provincia)»."


def find_comune(nome: str, *, tra: QuerySet[Comune], provincia: str = "") -> Comune:
    """The comune of that name (any case, any accent) among those given."""
    trovati = tra.filter(chiave=chiave_ordine(nome.split(" (")[0]))
    provincia = provincia or (nome.rpartition(" (")[2].rstrip(")") if " (" in nome else "")
    if provincia:
        trovati = trovati.filter(provincia__iexact=provincia)
    trovati = list(trovati[:2])
    if not trovati:
        raise ValidationError(f"Nessun comune «{nome}» tra i suoi: controllare come è scritto.")
    if len(trovati) > 1:
        raise ValidationError(f"Più comuni si chiamano «{nome}»: aggiungere la provincia fra parentesi.")
    return trovati[0]


def nome_completo(comune: Comune) -> str:
    return f"{comune.nome} ({comune.provincia})"


def suggerimenti(comuni: QuerySet[Comune]) -> str:
    """The options of the list that the browser offers while one types; two columns, no model is built."""
    coppie = comuni.order_by("chiave").values_list("nome", "provincia")
    return format_html_join("", '<option value="{} ({})"></option>', coppie.iterator())
