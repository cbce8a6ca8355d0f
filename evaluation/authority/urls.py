"""The authority's reports."""

from django.urls import URLPattern, path

from evaluation.authority import views

urlpatterns: list[URLPattern] = [
    path("reports/", views.reports, name="reports"),
    path("reports/annual/", views.annual_report, name="annual_report"),
    path("reports/annual/issue/", views.annual_issue, name="annual_issue"),
    path("reports/annual/<int:pk>/report.pdf", views.annual_pdf, name="annual_pdf"),
    path("reports/forum/", views.forum_report, name="forum"),
    path("reports/benchmarks/", views.dated_benchmarks, name="benchmarks"),
]
