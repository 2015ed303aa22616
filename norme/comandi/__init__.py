"""One module per verb of ``python -m norme``, each exposing ``run(dati: dict) -> dict``."""
