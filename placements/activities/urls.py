"""Work that belongs to no placement, and inreach."""

from django.urls import URLPattern, path

from placements.activities import views

urlpatterns: list[URLPattern] = [
    path("asts/<int:pk>/work/", views.work, name="work"),
    path("asts/<int:pk>/work/add/", views.work_add, name="work_add"),
    path("asts/<int:pk>/inreach/add/", views.inreach_add, name="inreach_add"),
    path("asts/<int:pk>/inreach/ask/", views.inreach_ask, name="inreach_ask"),
    path("work/<int:pk>/change/", views.work_change, name="work_change"),
    path("work/<int:pk>/cancel/", views.work_cancel, name="work_cancel"),
    path("inreach/<int:pk>/", views.inreach, name="inreach"),
    path("inreach/<int:pk>/agreement.pdf", views.inreach_pdf, name="inreach_pdf"),
    path("inreach/<int:pk>/decide/", views.inreach_decide, name="inreach_decide"),
    path("inreach/<int:pk>/end/", views.inreach_end, name="inreach_end"),
]
