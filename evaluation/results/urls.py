"""Results: figures, files of them, and what they say of a school and of a placement."""

from django.urls import URLPattern, path

from evaluation.results.views import figures, imports, pages

urlpatterns: list[URLPattern] = [
    path("results/", figures.ResultList.as_view(), name="results"),
    path("results/add/", figures.result_add, name="result_add"),
    path("results/<int:pk>/", figures.result, name="result"),
    path("results/<int:pk>/correct/", figures.result_correct, name="result_correct"),
    path("results/<int:pk>/take-away/", figures.result_take_away, name="result_take_away"),
    path("results/<int:pk>/choose/", figures.result_choose, name="result_choose"),
    path("results/<int:pk>/undo-choice/", figures.result_undo_choice, name="result_undo_choice"),
    path("results/import/", imports.results_import, name="results_import"),
    path("results/import/<int:pk>/", imports.results_import_preview, name="results_import_preview"),
    path("results/import/<int:pk>/cancel/", imports.results_import_cancel, name="results_import_cancel"),
    path("results/schools/<int:urn>/", pages.school_results, name="school_results"),
    path("placements/<int:pk>/results/", pages.placement_results, name="placement_results"),
]
