"""Evidence of a placement."""

from django.urls import URLPattern, path

from evaluation.evidence import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/evidence/", views.evidence_list, name="evidence"),
    path("placements/<int:pk>/evidence/add/", views.evidence_add, name="evidence_add"),
    path("diary/days/<int:pk>/evidence/", views.evidence_add_day, name="evidence_add_day"),
    path("my-part/<str:token>/evidence/<int:pk>/", views.evidence_for_person, name="evidence_for_person"),
    path("evidence/<int:pk>/", views.evidence_file, name="evidence_file"),
    path("evidence/<int:pk>/remove/", views.evidence_remove, name="evidence_remove"),
]
