"""Pages of the election days: turnout, count, board."""

app_name = "giornata"
urlpatterns: list = []
