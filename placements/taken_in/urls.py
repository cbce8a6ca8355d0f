"""Placements agreed before this system."""

from django.urls import URLPattern, path

from astcoord.ui.loading import pages
from placements.taken_in import views

urlpatterns: list[URLPattern] = [
    path("placements/under-way/add/", views.add, name="placement_take_in"),
    *pages(views.PAGES, "placements/under-way/import/"),
    path("placements/<int:pk>/under-way/back/", views.undo, name="placement_undo_taking_in"),
    path("placements/<int:pk>/signed-paper/", views.paper, name="signed_paper"),
    path("placements/<int:pk>/signed-paper/file/", views.paper_download, name="signed_paper_download"),
    path("placements/<int:pk>/signed-paper/remove/", views.paper_remove, name="signed_paper_remove"),
]
