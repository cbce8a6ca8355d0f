"""Return visits."""

from django.urls import URLPattern, path

from evaluation.returns import views

urlpatterns: list[URLPattern] = [
    path("return-visits/", views.ReturnList.as_view(), name="return_visits"),
    path("return-visits/<int:pk>/", views.return_visit, name="return_visit"),
    path("return-visits/<int:pk>/day/", views.propose, name="return_day"),
    path("return-visits/<int:pk>/agree/", views.agree, name="return_agree"),
    path("return-visits/<int:pk>/another-day/", views.undate, name="return_undate"),
    path("return-visits/<int:pk>/ask/", views.ask, name="return_ask"),
    path("return-visits/<int:pk>/report/", views.report, name="return_report"),
    path("return-visits/<int:pk>/decide/", views.decide, name="return_decide"),
    path("placements/<int:pk>/return-visit/", views.placement_return, name="placement_return"),
    path("return-visits/<int:pk>/report.pdf", views.report_pdf, name="return_pdf"),
]
