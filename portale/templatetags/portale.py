"""Filters of the public pages."""

from django import template

register = template.Library()


@register.filter
def quota(parte: int, tutto: int) -> str:
    """Length of a bar from 0 to 100, with a point: an SVG attribute."""
    return f"{100 * parte / tutto:.2f}" if tutto else "0"
