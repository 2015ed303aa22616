"""Formats of dates and figures where ours differ from Django's Italian ones."""
