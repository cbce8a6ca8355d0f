"""Included before the sign-in package's own URLs, so that its password and sign-up pages are out of reach."""

from django.urls import path

from astcoord.ui import views

urlpatterns = [
    path("design/", views.design, name="design"),
    path("search/", views.search, name="search"),
    path("more/", views.more, name="more"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("accounts/login/", views.sign_in),
    path("accounts/signup/", views.sign_in),
    path("accounts/email/", views.sign_in),
    path("accounts/reauthenticate/", views.sign_in),
    path("accounts/password/<path:rest>", views.sign_in),
]
