"""ASTs' years."""

from django.urls import URLPattern, path

from placements.balances import views

urlpatterns: list[URLPattern] = [path("asts/<int:pk>/year/", views.balance, name="balance")]
