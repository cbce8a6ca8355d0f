"""QA visits: the pages."""

from django.urls import URLPattern, path

from staff.quality import views

ONE = "qa-visits/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("qa-visits/", views.QaVisitList.as_view(), name="qa_visits"),
    path("qa-visits/missing/", views.QaCoverage.as_view(), name="qa_coverage"),
    path("asts/<int:pk>/qa-visits/plan/", views.qa_visit_plan, name="qa_visit_plan"),
    path(ONE, views.qa_visit, name="qa_visit"),
    path(f"{ONE}move/", views.qa_visit_change, name="qa_visit_change"),
    path(f"{ONE}cancel/", views.qa_visit_cancel, name="qa_visit_cancel"),
    path(f"{ONE}done/", views.qa_visit_done, name="qa_visit_done"),
    path(f"{ONE}write-up/", views.qa_visit_write_up, name="qa_visit_write_up"),
    path(f"{ONE}share/", views.qa_visit_share, name="qa_visit_share"),
    path(f"{ONE}comment/", views.qa_visit_comment, name="qa_visit_comment"),
    path(f"{ONE}close/", views.qa_visit_close, name="qa_visit_close"),
]
