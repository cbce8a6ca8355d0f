"""Candidates, proposals and answers."""

from django.urls import URLPattern, path

from placements.matching.views import answers, office

urlpatterns: list[URLPattern] = [
    path("requests/<int:pk>/candidates/", office.candidates, name="candidates"),
    path("requests/<int:pk>/candidates/<int:post_pk>/", office.propose, name="match_propose"),
    path("matches/", office.Matches.as_view(), name="matches"),
    path("matches/asked/", answers.asked_of_me, name="asked_of_me"),
    path("matches/answers/", answers.answers_awaited, name="answers_awaited"),
    path("matches/asked/yes/", answers.asked_of_me_yes, name="asked_of_me_yes"),
    path("matches/answers/yes/", answers.answers_awaited_yes, name="answers_awaited_yes"),
    path("matches/<int:pk>/", office.match, name="match"),
    path("matches/<int:pk>/ast/", answers.match_ast, name="match_ast"),
    path("matches/<int:pk>/home/", answers.match_home, name="match_home"),
    path("matches/<int:pk>/take-back/", answers.match_unsay, name="match_unsay"),
    path("matches/<int:pk>/withdraw/", office.match_withdraw, name="match_withdraw"),
    path("matches/<int:pk>/decision/", office.match_decision, name="match_decision"),
]
