"""Network meetings: the pages."""

from django.urls import URLPattern, path

from staff.networks import views

ONE = "networks/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("networks/", views.MeetingList.as_view(), name="networks"),
    path("networks/add/", views.network_add, name="network_add"),
    path("networks/figures/", views.network_figures, name="network_figures"),
    path(ONE, views.network, name="network"),
    path(f"{ONE}change/", views.network_change, name="network_change"),
    path(f"{ONE}invite/", views.network_invite, name="network_invite"),
    path(f"{ONE}cancel/", views.network_cancel, name="network_cancel"),
    path(f"{ONE}record/", views.network_record, name="network_record"),
    path(f"{ONE}reopen/", views.network_reopen, name="network_reopen"),
    path("network-invitations/<int:pk>/answer/", views.network_answer, name="network_answer"),
    path("network-invitations/<int:pk>/take-back/", views.network_uninvite, name="network_uninvite"),
]
