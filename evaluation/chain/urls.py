"""Where an objective's evidence is gathered."""

from django.urls import URLPattern, path

from evaluation.chain import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/objectives/<int:number>/evidence/", views.objective_evidence, name="objective_evidence"),
]
