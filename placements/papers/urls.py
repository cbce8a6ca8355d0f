"""The six papers of a placement, and their files."""

from django.urls import URLPattern, path

from placements.papers import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/papers/", views.papers, name="papers"),
    path("placements/<int:pk>/papers/<slug:kind>/add/", views.add, name="paper_add"),
    path("papers/<int:pk>/", views.download, name="paper_download"),
    path("papers/<int:pk>/remove/", views.remove, name="paper_remove"),
    path("papers/<int:pk>/consent/", views.consent, name="paper_consent"),
]
