"""The six papers of a placement, and their files."""

from django.urls import URLPattern, path

from placements.views.everyone import papers

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/papers/", papers.papers, name="papers"),
    path("placements/<int:pk>/papers/<slug:kind>/add/", papers.add, name="paper_add"),
    path("papers/<int:pk>/", papers.download, name="paper_download"),
    path("papers/<int:pk>/remove/", papers.remove, name="paper_remove"),
    path("papers/<int:pk>/consent/", papers.consent, name="paper_consent"),
]
