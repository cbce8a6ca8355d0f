"""What follows schools that closed."""

from django.urls import URLPattern, path

from schools.succession import views

urlpatterns: list[URLPattern] = [
    path("closed/", views.closed, name="closed"),
    path("<int:urn>/follows/", views.follows, name="follows"),
    path("<int:urn>/follows/<int:successor>/", views.settle, name="follows_settle"),
]
