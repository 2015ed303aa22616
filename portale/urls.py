"""The public site."""

app_name = "portale"
urlpatterns: list = []
