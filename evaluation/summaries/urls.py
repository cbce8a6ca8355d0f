"""What a governing body reads."""

from django.urls import URLPattern, path

from evaluation.summaries import views

urlpatterns: list[URLPattern] = [
    path("summaries/", views.SummaryList.as_view(), name="summaries"),
    path("summaries/own-asts/", views.own_asts, name="own_asts"),
    path("summaries/own-asts/summary.pdf", views.own_asts_pdf, name="own_asts_pdf"),
    path("summaries/boards/", views.board_papers, name="board_papers"),
    path("summaries/boards/<int:pk>/summary.pdf", views.board_paper, name="board_paper"),
    path("summaries/<int:pk>/", views.summary, name="summary"),
    path("summaries/<int:pk>/summary.pdf", views.summary_pdf, name="summary_pdf"),
]
