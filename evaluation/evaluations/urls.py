"""Evaluation forms: a placement's, one form, and a supported person's own form by its link."""

from django.urls import URLPattern, path

from evaluation.evaluations.views import forms, levels, office, own

urlpatterns: list[URLPattern] = [
    path("evaluations/", forms.EvaluationList.as_view(), name="evaluations"),
    path("evaluations/levels/", levels.levels, name="levels"),
    path("evaluations/<int:pk>/", forms.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/write/", forms.write, name="evaluation_write"),
    path("evaluations/<int:pk>/decide/", office.decide, name="evaluation_decide"),
    path("evaluations/<int:pk>/conclude/", office.conclude, name="evaluation_conclude"),
    path("evaluations/<int:pk>/link/", office.send_link, name="evaluation_link"),
    path("evaluations/<int:pk>/form.pdf", forms.form_pdf, name="evaluation_pdf"),
    path("placements/<int:pk>/evaluations/", forms.placement_evaluations, name="placement_evaluations"),
    path("placements/<int:pk>/evaluations/accept/", office.accept_all, name="evaluations_accept"),
    path("placements/<int:pk>/evaluations/final.pdf", forms.final_pdf, name="final_evaluation_pdf"),
    path("my-evaluation/<str:token>/", own.own, name="own_evaluation"),
    path("my-evaluation/<str:token>/new-link/", own.new_link, name="own_evaluation_link"),
]
