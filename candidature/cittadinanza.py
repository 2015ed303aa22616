"""The States whose citizens may run (d.lgs. 197/1996): Italy first, then the Union in Italian order.

The United Kingdom closes the list: its citizens could run until 31.1.2020.
"""

STATI_UNIONE = {
    "IT": "Italia",
    "AT": "Austria", "BE": "Belgio", "BG": "Bulgaria", "CY": "Cipro", "HR": "Croazia", "DK": "Danimarca",
    "EE": "Estonia", "FI": "Finlandia", "FR": "Francia", "DE": "Germania", "GR": "Grecia", "IE": "Irlanda",
    "LV": "Lettonia", "LT": "Lituania", "LU": "Lussemburgo", "MT": "Malta", "NL": "Paesi Bassi",
    "PL": "Polonia", "PT": "Portogallo", "CZ": "Repubblica Ceca", "RO": "Romania", "SK": "Slovacchia",
    "SI": "Slovenia", "ES": "Spagna", "SE": "Svezia", "HU": "Ungheria", "GB": "Regno Unito",
}  # fmt: skip
