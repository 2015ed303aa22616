"""Addresses: the rooms are wired here."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accesso/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
