"""What people are sent."""

from django.urls import path

from astcoord.samples import views

urlpatterns = [
    path("what-people-are-sent/", views.samples, name="samples"),
    path("what-people-are-sent/papers/<slug:kind>.pdf", views.sample_paper, name="sample_paper"),
    path("what-people-are-sent/<slug:kind>/", views.sample, name="sample"),
]
