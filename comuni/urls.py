"""Pages of the office: home, elections, calendar of duties, convocation."""

app_name = "comuni"
urlpatterns: list = []
