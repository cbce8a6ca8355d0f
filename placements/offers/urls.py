"""Schools that look for help, and what ASTs say to it."""

from django.urls import URLPattern, path

from placements.offers import views

urlpatterns: list[URLPattern] = [
    path("looking/", views.Looking.as_view(), name="looking_for_help"),
    path("looking/<int:pk>/", views.looking, name="looking"),
    path("looking/<int:pk>/take-back/", views.help_take_back, name="help_take_back"),
]
