"""The fascicolo of an election: ``importazione`` reads it, ``esportazione`` writes it back.

``cartella`` opens folder and ZIP, ``descrizione`` is ``elezione.toml``, the other modules are its files.
"""
