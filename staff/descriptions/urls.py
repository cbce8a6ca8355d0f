"""Job descriptions of ASTs' posts: the pages."""

from django.urls import URLPattern, path

from staff.descriptions import views

urlpatterns: list[URLPattern] = [
    path("asts/<int:pk>/job-description/", views.description_begin, name="description_begin"),
    path("job-descriptions/<int:pk>/", views.description, name="description"),
    path("job-descriptions/<int:pk>/pdf/", views.description_pdf, name="description_pdf"),
    path("job-descriptions/<int:pk>/change/", views.description_change, name="description_change"),
    path("job-descriptions/<int:pk>/put/", views.description_put, name="description_put"),
    path("job-descriptions/<int:pk>/take-back/", views.description_take_back, name="description_take_back"),
    path("job-descriptions/<int:pk>/withdraw/", views.description_withdraw, name="description_withdraw"),
    path("job-descriptions/<int:pk>/agree/", views.description_agree, name="description_agree"),
    path("job-descriptions/<int:pk>/return/", views.description_return, name="description_return"),
    path("job-descriptions/<int:pk>/objectives/add/", views.job_objective_add, name="job_objective_add"),
    path("job-objectives/<int:pk>/change/", views.job_objective_change, name="job_objective_change"),
    path("job-objectives/<int:pk>/remove/", views.job_objective_remove, name="job_objective_remove"),
]
