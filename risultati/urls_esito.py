"""Pages of the outcome: allocation desk, proclamation, acts, surrogation."""

app_name = "esito"
urlpatterns: list = []
