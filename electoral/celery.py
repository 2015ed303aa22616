"""The Celery application: it only executes; the truth of a job is its ``Lavoro`` row."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")

app = Celery("urna")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
