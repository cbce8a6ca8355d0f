"""Availability letters."""

from django.urls import URLPattern, path

from placements.letters import views

urlpatterns: list[URLPattern] = [
    path("letters/", views.RoundList.as_view(), name="letter_rounds"),
    path("letters/new/", views.early_issue, name="letters_early"),
    path("letters/yours/", views.own_letters, name="own_letters"),
    path("letters/<int:pk>/", views.RoundPage.as_view(), name="letter_round"),
    path("letters/<int:pk>/progress/", views.progress, name="letters_progress"),
    path("letters/<int:pk>/approve/", views.approve, name="letters_approve"),
    path("letters/<int:pk>/cancel/", views.cancel, name="letters_cancel"),
    path("letters/<int:pk>/retry/", views.retry, name="letters_retry"),
    path("letters/<int:pk>/post/", views.to_post, name="letters_to_post"),
    path("letters/<int:pk>/post/print/", views.print_run, name="letters_print"),
    path("letters/<int:round_pk>/failed/<int:pk>/", views.failed, name="letter_failed"),
    path("letter/<int:pk>.pdf", views.letter_pdf, name="letter_pdf"),
]
