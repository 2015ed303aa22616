"""``python manage.py cancella_sottoscrittori``: the names go once the term of conservation is over."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from candidature.sottoscrittori import elezioni_scadute, forget_sottoscrittori


class Command(BaseCommand):
    help = "Cancella i dati personali dei sottoscrittori delle elezioni oltre il termine di conservazione."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--prova", action="store_true", help="Dice che cosa farebbe, senza cancellare.")

    def handle(self, *args, prova: bool, **options) -> None:
        for elezione, quanti in elezioni_scadute(timezone.localdate()):
            if not prova:
                quanti = forget_sottoscrittori(elezione)
            self.stdout.write(
                f"{elezione}: {quanti} sottoscrittori{' da cancellare' if prova else ' cancellati'}"
            )
