from django.conf import settings
from django.urls import URLPattern, path

from astcoord.core import views

urlpatterns: list[URLPattern] = [path("healthy/", views.healthy, name="healthy")]

if settings.READABLE_OUTBOX:
    urlpatterns += [
        path("outbox/", views.outbox, name="outbox"),
        path("outbox/<slug:name>/", views.outbox_letter, name="outbox_letter"),
        path("outbox/<slug:name>/<int:number>/", views.outbox_attachment, name="outbox_attachment"),
    ]
