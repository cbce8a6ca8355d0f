"""What participants say of sessions, by their own link."""

from django.urls import URLPattern, path

from evaluation.feedback import views

urlpatterns: list[URLPattern] = [
    path("my-part/<str:token>/days/", views.sessions, name="session_feedback"),
    path("my-part/<str:token>/days/<int:pk>/", views.session, name="session_feedback_day"),
    path("my-part/<str:token>/days/<int:pk>/take-back/", views.take_back, name="session_feedback_take_back"),
]
