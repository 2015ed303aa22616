"""Fills a rehearsal with plausible, invented figures."""

from django.core.management.base import BaseCommand, CommandError

from comuni.models import Elezione
from risultati.generazione import generate_scrutini
from risultati.prova_generale import ProvaVietata, clone_per_prova


class Command(BaseCommand):
    help = "Riempie una prova generale con cifre inventate ma plausibili (mai un'elezione vera)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("elezione", help="slug dell'elezione")
        parser.add_argument("--clona", action="store_true", help="l'elezione è vera: prima se ne fa la prova")
        parser.add_argument("--turno", type=int, choices=(1, 2), default=1)
        parser.add_argument("--seme", type=int, default=0, help="stesso seme, stesse cifre")
        parser.add_argument("--quota", type=float, default=1.0, help="parte delle sezioni, da 0 a 1")

    def handle(self, *args, **opzioni) -> None:
        elezione = Elezione.objects.filter(slug=opzioni["elezione"]).first()
        if elezione is None:
            raise CommandError(f"L'elezione «{opzioni['elezione']}» non c'è.")
        try:
            if opzioni["clona"]:
                elezione = clone_per_prova(elezione)
            fatte = generate_scrutini(
                elezione, turno=opzioni["turno"], seme=opzioni["seme"], quota=opzioni["quota"]
            )
        except ProvaVietata as vietata:
            raise CommandError(str(vietata)) from vietata
        self.stdout.write(f"{elezione.slug}: {fatte} sezioni riempite con cifre inventate.")
