"""Figures of ASTs: the pages."""

from django.urls import URLPattern, path

from staff.figures import views

urlpatterns: list[URLPattern] = [
    path("asts/figures/", views.ast_figures, name="ast_figures"),
    path("asts/recruitment/", views.recruiting, name="recruitment"),
    path("asts/share-of-teachers/", views.share_of_teachers, name="share_of_teachers"),
    path("asts/leavers/", views.leaving, name="leavers"),
]
