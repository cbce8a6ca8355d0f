"""Availability letters."""

from django.urls import URLPattern, path

from placements.views.coordinator import letters as office
from placements.views.headteacher import letters as head

urlpatterns: list[URLPattern] = [
    path("letters/", office.RoundList.as_view(), name="letter_rounds"),
    path("letters/new/", office.early_issue, name="letters_early"),
    path("letters/yours/", head.own_letters, name="own_letters"),
    path("letters/<int:pk>/", office.RoundPage.as_view(), name="letter_round"),
    path("letters/<int:pk>/progress/", office.progress, name="letters_progress"),
    path("letters/<int:pk>/approve/", office.approve, name="letters_approve"),
    path("letters/<int:pk>/cancel/", office.cancel, name="letters_cancel"),
    path("letters/<int:pk>/retry/", office.retry, name="letters_retry"),
    path("letters/<int:pk>/post/", office.to_post, name="letters_to_post"),
    path("letters/<int:pk>/post/print/", office.print_run, name="letters_print"),
    path("letters/<int:round_pk>/failed/<int:pk>/", office.failed, name="letter_failed"),
    path("letter/<int:pk>.pdf", office.letter_pdf, name="letter_pdf"),
]
