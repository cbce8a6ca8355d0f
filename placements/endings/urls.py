"""How a placement ends: early, undone before its start, evaluated, completed, closed."""

from django.urls import URLPattern, path

from placements.endings import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/end/", views.end, name="placement_end"),
    path("placements/<int:pk>/end/back/", views.take_back, name="placement_take_back"),
    path("placements/<int:pk>/end/notice.pdf", views.notice_pdf, name="placement_end_notice"),
    path("placements/<int:pk>/abandon/", views.abandon, name="placement_abandon"),
    path("placements/<int:pk>/unsay/", views.unsay, name="placement_unsay"),
    path("placements/<int:pk>/evaluate/", views.evaluate, name="placement_evaluate"),
    path("placements/<int:pk>/resume/", views.resume, name="placement_resume"),
    path("placements/<int:pk>/complete/", views.complete, name="placement_complete"),
    path("placements/<int:pk>/complete/back/", views.reopen, name="placement_reopen"),
    path("placements/<int:pk>/close/", views.close, name="placement_close"),
    path("placements/<int:pk>/links/", views.links, name="informal_links"),
    path("placements/<int:pk>/links/add/", views.link_add, name="informal_link_add"),
    path("placements/links/<int:pk>/agree/", views.link_agree, name="informal_link_agree"),
    path("placements/links/<int:pk>/end/", views.link_end, name="informal_link_end"),
]
