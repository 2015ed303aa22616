"""Pages of offices, nominations and fees."""

app_name = "seggi"
urlpatterns: list = []
