"""Sindaco, seats and elected of a municipal election, exact and explained (norme.md §3).

``calcolo.calcola(dati)`` answers with an ``esito.Esito``; ``lettura.read_dati`` reads ``dati`` from JSON;
``tipi`` has the input, ``passi`` the steps, ``interpretazioni`` the readings an ente may choose.
"""
