from django.conf import settings
from django.urls import URLPattern, path

from astcoord.core import views

urlpatterns: list[URLPattern] = [
    path("help/", views.help_pages, name="help"),
    path("help/<slug:slug>/", views.help_page, name="help_page"),
    path("live/", views.live, name="live"),
    path("ready/", views.ready, name="ready"),
    path("healthy/", views.ready, name="healthy"),  # its name until 0.3
    path("metrics/", views.measured, name="metrics"),
]

if settings.READABLE_OUTBOX:
    urlpatterns += [
        path("outbox/", views.outbox, name="outbox"),
        path("outbox/<slug:name>/", views.outbox_letter, name="outbox_letter"),
        path("outbox/<slug:name>/<int:number>/", views.outbox_attachment, name="outbox_attachment"),
    ]
