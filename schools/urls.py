"""Gathers the pages of all rooms."""

from schools.calendar import urls as calendar
from schools.register import urls as register

app_name = "schools"
urlpatterns = [*calendar.urlpatterns, *register.urlpatterns]
