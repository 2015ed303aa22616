"""The reminders of the day, where no Celery beat runs: to be called by cron; calling it twice sends once."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comuni.promemoria import send_promemoria


class Command(BaseCommand):
    help = "Manda i promemoria delle scadenze di oggi; ripetuto, non manda due volte lo stesso."

    def handle(self, *args, **options) -> None:
        esito = send_promemoria(timezone.now())
        self.stdout.write(
            f"Promemoria: {esito.inviati} inviati, {esito.gia_inviati} già inviati oggi, "
            f"{esito.senza_novita} senza novità, {esito.non_riusciti} non riusciti."
        )
