"""The board of former ASTs: the pages."""

from django.urls import URLPattern, path

from staff.alumni import views

urlpatterns: list[URLPattern] = [
    path("former-asts/", views.AlumniBoard.as_view(), name="alumni"),
    path("asts/<int:pk>/former/", views.alumni_own, name="alumni_own"),
    path("asts/<int:pk>/former/off/", views.alumni_own_remove, name="alumni_own_remove"),
    path("asts/<int:pk>/former/take-off/", views.alumni_remove, name="alumni_remove"),
    path("former/<str:token>/", views.alumni_by_link, name="alumni_by_link"),
    path("former/<str:token>/off/", views.alumni_link_remove, name="alumni_link_remove"),
    path("former/<str:token>/new-link/", views.alumni_new_link, name="alumni_new_link"),
]
