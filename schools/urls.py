from django.urls import path

from schools.calendar import views as calendar
from schools.register.views import contacts as contacts_import
from schools.register.views import imports
from schools.register.views import schools as coordinator

app_name = "schools"

authority = [
    path("", coordinator.SchoolList.as_view(), name="list"),
    path("cannot-yet-host/", coordinator.CannotHostList.as_view(), name="cannot_host"),
    path("<int:urn>/status/", coordinator.status_add, name="status_add"),
    path("<int:urn>/status/<int:pk>/end/", coordinator.status_end, name="status_end"),
    path("import/", imports.upload, name="import"),
    path("import/contacts/", contacts_import.upload, name="import_contacts"),
    path("import/contacts/<int:pk>/", contacts_import.preview, name="import_contacts_preview"),
    path("import/<int:pk>/", imports.preview, name="import_preview"),
    path("import/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
]

school_calendar = [
    path("calendar/", calendar.years, name="years"),
    path("calendar/add/", calendar.year_add, name="year_add"),
    path("calendar/closed-days/", calendar.closures, name="closures"),
    path("calendar/closed-days/<int:pk>/remove/", calendar.closure_remove, name="closure_remove"),
    path("calendar/<slug:slug>/", calendar.year, name="year"),
]

everyone = [
    path("own/", coordinator.own, name="own"),
    path("<int:urn>/", coordinator.detail, name="detail"),
    path("<int:urn>/contacts/", coordinator.contacts, name="contacts"),
]

urlpatterns = [*authority, *school_calendar, *everyone]
