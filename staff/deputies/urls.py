"""Deputies: the pages."""

from django.urls import path

from staff.deputies import views

urlpatterns = [
    path("deputies/", views.DeputyList.as_view(), name="deputies"),
    path("deputies/name/", views.name, name="deputy_name"),
    path("deputies/<int:pk>/", views.change, name="deputy_change"),
    path("deputies/<int:pk>/end/", views.end, name="deputy_end"),
]
