"""The scrutatore of the seggio volante: drawn among those of the section (art. 44 TU), for all to repeat."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comuni.models import Sezione
from norme.sorteggio import canonical, freeze_elenco, sorteggia
from seggi.models import Nomina, RuoloUfficio, SorteggioVolante, Ufficio


def riga_di(nomina: Nomina) -> str:
    """The line of a scrutatore in the roll: the post, which is only his, and the name."""
    return canonical(f"{nomina.posizione} {nomina}")


def scrutatori_di(ufficio: Ufficio) -> list[Nomina]:
    """Who may be drawn: the scrutatori in office."""
    return list(ufficio.nomine.attive().filter(ruolo=RuoloUfficio.SCRUTATORE).order_by("posizione"))


@transaction.atomic
def draw_volante(
    ufficio: Ufficio, *, dove: str, seme: str, presenti: str, by=None, quando: datetime | None = None
) -> SorteggioVolante:
    """Draw who goes with the presidente; for the same place again only if who was drawn has left."""
    Ufficio.objects.select_for_update().get(pk=ufficio.pk)
    dove, seme, presenti = canonical(dove), canonical(seme), presenti.strip()
    if not (dove and seme and presenti):
        raise ValidationError("Scrivere dove si va, il seme estratto davanti ai presenti e chi c'era.")
    scrutatori = {riga_di(nomina): nomina for nomina in scrutatori_di(ufficio)}
    if len(scrutatori) < 2:
        raise ValidationError(
            f"Gli scrutatori in carica sono {len(scrutatori)}: prima si coprono i posti della sezione, "
            "poi si estrae (art. 44 TU)."
        )
    gia = ufficio.sorteggi_volante.filter(dove__iexact=dove).select_related("estratto").first()
    if gia is not None and gia.estratto.is_attiva:
        raise ValidationError(f"Per {dove} è già stato estratto {gia.estratto}: l'estrazione resta quella.")
    elenco = freeze_elenco(scrutatori)
    esito = sorteggia(elenco, seme=seme, posti=1)
    return SorteggioVolante.objects.create(
        ufficio=ufficio,
        dove=dove,
        elenco=list(elenco.righe),
        seme=seme,
        presenti=presenti,
        estratto=scrutatori[esito.sorteggiati[0]],
        eseguito_il=quando or timezone.now(),
        eseguito_da=by,
    )


def luoghi_di(ufficio: Ufficio) -> list[str]:
    """Names of the places already known where the seggio volante of this section goes."""
    volanti = ufficio.sezione.uffici_collegati.filter(tipo=Sezione.Tipo.VOLANTE).exclude(plesso="")
    return list(volanti.order_by("numero").values_list("plesso", flat=True))
