"""The logic model of a placement and its versions; by a personal link for the people supported."""

from django.urls import URLPattern, path

from evaluation.logic import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/logic/", views.logic_model, name="logic_model"),
    path("placements/<int:pk>/logic/write/", views.write, name="logic_write"),
    path("logic/<int:pk>/", views.version, name="logic_version"),
    path("logic/<int:pk>/decide/", views.decide, name="logic_decide"),
    path("my-logic/<str:token>/", views.for_person, name="logic_for_person"),
]
