"""Dates as an office writes them: 3 ottobre 2021, 03/10/2021 23:41."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "d/m/Y H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
TIME_FORMAT = "H:i"
