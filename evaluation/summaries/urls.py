"""What a governing body reads."""

from django.urls import URLPattern, path

from evaluation.summaries import views

urlpatterns: list[URLPattern] = [
    path("summaries/", views.SummaryList.as_view(), name="summaries"),
    path("summaries/<int:pk>/", views.summary, name="summary"),
    path("summaries/<int:pk>/summary.pdf", views.summary_pdf, name="summary_pdf"),
]
