"""Observations between ASTs: the pages."""

from django.urls import URLPattern, path

from staff.peers import views

ONE = "observations/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("observations/", views.PeerList.as_view(), name="peer_observations"),
    path("observations/propose/", views.peer_propose, name="peer_propose"),
    path(ONE, views.peer_observation, name="peer_observation"),
    path(f"{ONE}agree/", views.peer_agree, name="peer_agree"),
    path(f"{ONE}refuse/", views.peer_refuse, name="peer_refuse"),
    path(f"{ONE}book/", views.peer_book, name="peer_book"),
    path(f"{ONE}done/", views.peer_done, name="peer_done"),
    path(f"{ONE}cancel/", views.peer_cancel, name="peer_cancel"),
    path(f"{ONE}notes/", views.peer_note, name="peer_note"),
]
