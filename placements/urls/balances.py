"""ASTs' years."""

from django.urls import URLPattern, path

from placements.views.coordinator import balances

urlpatterns: list[URLPattern] = [path("asts/<int:pk>/year/", balances.balance, name="balance")]
