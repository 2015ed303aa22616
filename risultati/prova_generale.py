"""The rehearsal: a clone of the real election, that can never be published, and its plausible figures."""

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Appartenenza, Elezione, Sezione
from risultati.models import Affluenza, Annotazione, IndirizzoSchermo, InvioAffluenza, Scansione, Scrutinio

CAMPI_ESCLUSI = {"id", "slug", "prova", "pubblicata", "creata_il"}


class ProvaVietata(Exception):
    """A rehearsal that cannot be made, or unmade, with the reason."""


def clone_per_prova(elezione: Elezione, *, nome: str = "") -> Elezione:
    """A rehearsal with the same sections, sindaci, lists and candidates, and no figure."""
    if elezione.prova:
        raise ProvaVietata("Questa è già una prova generale.")
    with transaction.atomic():
        valori = {
            campo.name: getattr(elezione, campo.name)
            for campo in Elezione._meta.concrete_fields
            if campo.name not in CAMPI_ESCLUSI
        }
        prova = Elezione.objects.create(**valori, slug=_slug(elezione, nome), prova=True, pubblicata=False)
        sezioni = _clone(Sezione.objects.filter(elezione=elezione, sezione_madre=None), elezione=prova)
        for attaccata in Sezione.objects.filter(elezione=elezione).exclude(sezione_madre=None):
            _clone([attaccata], elezione=prova, sezione_madre=sezioni[attaccata.sezione_madre_id])
        sindaci = _clone(CandidatoSindaco.objects.filter(elezione=elezione), elezione=prova)
        liste = _clone_liste(elezione, prova, sindaci)
        _clone_candidati(elezione, liste)
        _assign_digitatori(elezione, sezioni)
    return prova


def _slug(elezione: Elezione, nome: str) -> str:
    base = slugify(nome) or f"{elezione.slug}-prova"
    occupati = set(Elezione.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for n in range(1, 10_000) if (s := base if n == 1 else f"{base}-{n}") not in occupati)


def _clone(righe, **altri) -> dict[int, Model]:
    """Copies of the rows with other parents, by the pk of the original."""
    copie = {}
    for riga in righe:
        originale, riga.pk, riga._state.adding = riga.pk, None, True
        for campo, valore in altri.items():
            setattr(riga, campo, valore)
        riga.save()
        copie[originale] = riga
    return copie


def _clone_liste(elezione: Elezione, prova: Elezione, sindaci) -> dict[int, Lista]:
    copie = {}
    for lista in Lista.objects.filter(elezione=elezione):
        originale = lista.pk
        lista.pk, lista._state.adding, lista.elezione = None, True, prova
        lista.sindaco = sindaci[lista.sindaco_id]
        lista.apparentata_con = None
        lista.save()
        copie[originale] = lista
    return copie


def _clone_candidati(elezione: Elezione, liste) -> None:
    candidati = list(Candidato.objects.filter(lista__elezione=elezione))
    for candidato in candidati:
        candidato.pk, candidato._state.adding = None, True
        candidato.lista = liste[candidato.lista_id]
    Candidato.objects.bulk_create(candidati)


def _assign_digitatori(elezione: Elezione, sezioni) -> None:
    """The digitatori rehearse on their own sections."""
    for appartenenza in Appartenenza.objects.filter(sezioni__elezione=elezione).distinct():
        sue = appartenenza.sezioni.filter(elezione=elezione)
        appartenenza.sezioni.add(*(sezioni[s.pk] for s in sue if s.pk in sezioni))


@transaction.atomic
def empty_prova(prova: Elezione) -> None:
    """Throw away the figures of a rehearsal, to rehearse again. Never those of a real election."""
    if not prova.prova:
        raise ProvaVietata("Solo una prova generale si può svuotare.")
    for modello in (InvioAffluenza, Affluenza, IndirizzoSchermo):
        modello.objects.filter(elezione=prova).delete()
    for modello in (Annotazione, Scansione):
        modello.objects.filter(sezione__elezione=prova).delete()
    Scrutinio.objects.filter(elezione=prova).delete()


def prove_di(elezione: Elezione):
    """The rehearsals of the same comune and day."""
    return Elezione.objects.filter(comune=elezione.comune, data=elezione.data, prova=True).order_by(
        "creata_il"
    )
