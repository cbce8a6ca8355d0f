"""Candidates, proposals and answers."""

from django.urls import URLPattern, path

from placements.views.coordinator import matches as office
from placements.views.headteacher import matches as head
from placements.views.teacher import matches as teacher

urlpatterns: list[URLPattern] = [
    path("requests/<int:pk>/candidates/", office.candidates, name="candidates"),
    path("requests/<int:pk>/candidates/<int:post_pk>/", office.propose, name="match_propose"),
    path("matches/", office.Matches.as_view(), name="matches"),
    path("matches/asked/", teacher.asked_of_me, name="asked_of_me"),
    path("matches/answers/", head.answers_awaited, name="answers_awaited"),
    path("matches/<int:pk>/", office.match, name="match"),
    path("matches/<int:pk>/ast/", teacher.match_ast, name="match_ast"),
    path("matches/<int:pk>/home/", head.match_home, name="match_home"),
    path("matches/<int:pk>/withdraw/", office.match_withdraw, name="match_withdraw"),
    path("matches/<int:pk>/decision/", office.match_decision, name="match_decision"),
]
