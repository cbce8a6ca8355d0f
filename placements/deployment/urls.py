"""How the days of a year are spread."""

from django.urls import URLPattern, path

from placements.deployment import views

urlpatterns: list[URLPattern] = [
    path("deployment/", views.deployment, name="deployment"),
    path("deployment/demand/", views.asked, name="deployment_demand"),
    path("deployment/schools/", views.schools, name="deployment_schools"),
    path("deployment/budgets/", views.use, name="deployment_budgets"),
]
