"""Pages of the candidatures."""

app_name = "candidature"
urlpatterns: list = []
