"""Gathers the pages of all rooms."""

from schools.calendar import urls as calendar
from schools.register import urls as register
from schools.succession import urls as succession

app_name = "schools"
urlpatterns = [*calendar.urlpatterns, *succession.urlpatterns, *register.urlpatterns]
