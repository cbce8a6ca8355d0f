"""Schools, their statuses and contacts, and the files they come from."""

from django.urls import URLPattern, path

from astcoord.ui.loading import pages
from schools.register.views import contacts, imports, schools

urlpatterns: list[URLPattern] = [
    path("", schools.SchoolList.as_view(), name="list"),
    path("cannot-yet-host/", schools.CannotHostList.as_view(), name="cannot_host"),
    path("<int:urn>/status/", schools.status_add, name="status_add"),
    path("<int:urn>/status/<int:pk>/end/", schools.status_end, name="status_end"),
    path("<int:urn>/feeders/", schools.feeders, name="feeders"),
    path("<int:urn>/feeders/remove/", schools.feeder_remove, name="feeder_remove"),
    path("import/", imports.upload, name="import"),
    *pages(contacts.PAGES, "import/contacts/"),
    path("import/<int:pk>/", imports.preview, name="import_preview"),
    path("import/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
    path("own/", schools.own, name="own"),
    path("<int:urn>/", schools.detail, name="detail"),
    path("<int:urn>/contacts/", schools.contacts, name="contacts"),
]
