"""Corrections of diary entries whose term is closed."""

from django.urls import URLPattern, path

from evaluation.corrections import views

urlpatterns: list[URLPattern] = [
    path("diary/entries/<int:pk>/ask/", views.correction_ask, name="correction_ask"),
    path("corrections/", views.CorrectionList.as_view(), name="corrections"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
    path("corrections/<int:pk>/decide/", views.correction_decide, name="correction_decide"),
    path("corrections/<int:pk>/withdraw/", views.correction_withdraw, name="correction_withdraw"),
]
