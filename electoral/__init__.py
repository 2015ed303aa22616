# SPDX-License-Identifier: EUPL-1.2
"""Project package and foundation app: wiring, no electoral rule."""

from electoral.celery import app as celery_app

__all__ = ("celery_app",)
