"""History: database triggers record every change, bulk and raw SQL included, deletes too."""

import pghistory


def tracked(modello=None, *, escludi: tuple[str, ...] = ()):
    """Class decorator for every model that ends in an act; fields in ``escludi`` leave no trace."""
    if modello is None:
        return lambda classe: tracked(classe, escludi=escludi)
    tutti = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.track(*tutti, exclude=list(escludi))(modello)
