"""Small filters of the pages of the outcome."""

from django import template

register = template.Library()


@register.filter
def chiave(dizionario, nome):
    """A value of a dict by key; keys that went through JSON are text."""
    valore = dizionario.get(nome)
    return dizionario.get(str(nome)) if valore is None else valore
