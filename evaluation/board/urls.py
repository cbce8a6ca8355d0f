"""The duty board."""

from django.urls import URLPattern, path

from evaluation.board import views

urlpatterns: list[URLPattern] = [path("asts/board/", views.Board.as_view(), name="board")]
