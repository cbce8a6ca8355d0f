"""Candidates, proposals and answers."""

from django.urls import URLPattern, path

from placements.matching import views

urlpatterns: list[URLPattern] = [
    path("requests/<int:pk>/candidates/", views.candidates, name="candidates"),
    path("requests/<int:pk>/candidates/<int:post_pk>/", views.propose, name="match_propose"),
    path("matches/", views.Matches.as_view(), name="matches"),
    path("matches/asked/", views.asked_of_me, name="asked_of_me"),
    path("matches/answers/", views.answers_awaited, name="answers_awaited"),
    path("matches/<int:pk>/", views.match, name="match"),
    path("matches/<int:pk>/ast/", views.match_ast, name="match_ast"),
    path("matches/<int:pk>/home/", views.match_home, name="match_home"),
    path("matches/<int:pk>/take-back/", views.match_unsay, name="match_unsay"),
    path("matches/<int:pk>/withdraw/", views.match_withdraw, name="match_withdraw"),
    path("matches/<int:pk>/decision/", views.match_decision, name="match_decision"),
]
