"""History: database triggers record every change, bulk and raw SQL included, deletes too."""

import pghistory


def tracked(modello):
    """Class decorator for every model that ends in an act."""
    eventi = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.track(*eventi)(modello)
