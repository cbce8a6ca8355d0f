"""Outreach judgements: the pages."""

from django.urls import URLPattern, path

from evaluation.performance import views

ONE = "outreach-judgements/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("outreach-judgements/", views.JudgementList.as_view(), name="judgements"),
    path("outreach-judgements/coverage/", views.judgement_coverage, name="judgement_coverage"),
    path("asts/<int:pk>/outreach-evidence/", views.outreach_evidence, name="outreach_evidence"),
    path("asts/<int:pk>/outreach-judgements/<slug:year>/begin/", views.judgement_begin, name="judgement_begin"),
    path(ONE, views.judgement, name="judgement"),
    path(f"{ONE}write/", views.judgement_write, name="judgement_write"),
    path(f"{ONE}issue/", views.judgement_issue, name="judgement_issue"),
    path(f"{ONE}acknowledge/", views.judgement_acknowledge, name="judgement_acknowledge"),
    path(f"{ONE}withdraw/", views.judgement_withdraw, name="judgement_withdraw"),
    path(f"{ONE}letter.pdf", views.judgement_letter, name="judgement_letter"),
]
