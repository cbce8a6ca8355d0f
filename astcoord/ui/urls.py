"""Included before the sign-in package's own URLs, so that its password and sign-up pages are out of reach."""

from django.urls import path

from astcoord.ui import away, saved_pages, views, waiting

urlpatterns = [
    path("design/", views.design, name="design"),
    path("search/", views.search, name="search"),
    path("more/", views.more, name="more"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("sent/<str:key>/", away.was_sent, name="was_sent"),
    path("views/<str:page>/save/", saved_pages.save, name="view_save"),
    path("views/<int:pk>/change/", saved_pages.change, name="view_change"),
    path("views/<int:pk>/remove/", saved_pages.remove, name="view_remove"),
    path("remind/<int:pk>/<slug:slug>/", waiting.remind, name="remind"),
    path("accounts/login/", views.sign_in),
    path("accounts/signup/", views.sign_in),
    path("accounts/email/", views.sign_in),
    path("accounts/reauthenticate/", views.sign_in),
    path("accounts/password/<path:rest>", views.sign_in),
]
