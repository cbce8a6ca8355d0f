"""Teachers who may become ASTs: the pages."""

from django.urls import URLPattern, path

from staff.aspirants import views

urlpatterns: list[URLPattern] = [
    *views.AspirantPages().urls(),
    path("aspirants/<int:pk>/off/", views.off, name="aspirant_off"),
    path("aspirants/<int:pk>/confirm/", views.confirm, name="aspirant_confirm"),
    path("aspirants/<int:pk>/back/", views.back, name="aspirant_back"),
]
