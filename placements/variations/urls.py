"""Other shares of ASTs' time."""

from django.urls import URLPattern, path

from placements.variations import views

urlpatterns: list[URLPattern] = [
    path("variations/", views.VariationList.as_view(), name="variation_list"),
    path("asts/<int:pk>/variations/ask/", views.variation_ask, name="variation_ask"),
    path("variations/<int:pk>/", views.variation, name="variation"),
    path("variations/<int:pk>/answer/", views.variation_answer, name="variation_answer"),
    path("variations/<int:pk>/withdraw/", views.variation_withdraw, name="variation_withdraw"),
]
