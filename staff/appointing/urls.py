"""From the candidate to the post that is held: the pages."""

from django.urls import URLPattern, path

from staff.appointing import views

urlpatterns: list[URLPattern] = [
    path("posts-to-fill/<int:pk>/candidate/", views.opening_candidate, name="opening_candidate"),
    path("candidates/<int:pk>/change/", views.candidate_change, name="candidate_change"),
    path("candidates/<int:pk>/book/", views.candidate_book, name="candidate_book"),
    path("candidates/<int:pk>/result/", views.candidate_result, name="candidate_result"),
    path("candidates/<int:pk>/appoint/", views.candidate_appoint, name="candidate_appoint"),
    path("candidates/<int:pk>/close/", views.candidate_close, name="candidate_close"),
    path("candidates/<int:pk>/stage/", views.candidate_stage, name="candidate_stage"),
    path("asts/<int:pk>/correct/", views.post_correct, name="post_correct"),
]
