"""Role training: the pages."""

from django.urls import URLPattern, path

from staff.training import views

urlpatterns: list[URLPattern] = [
    path("role-training/", views.training_gaps, name="training_gaps"),
    path("asts/<int:pk>/role-training/", views.role_training, name="role_training"),
    path("asts/<int:pk>/role-training/record/", views.role_training_record, name="role_training_record"),
    path("role-training/<int:pk>/take-off/", views.role_training_take_off, name="role_training_take_off"),
    path("training-coordinator/", views.training_coordinator, name="training_coordinator"),
    path("training-coordinator/name/", views.training_coordinator_name, name="training_coordinator_name"),
    path("training-coordinator/<int:pk>/end/", views.training_coordinator_end, name="training_coordinator_end"),
]
