from django.urls import URLPattern, path

from staff.feeds import views

urlpatterns: list[URLPattern] = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/open/", views.calendar_open, name="calendar_open"),
    path("calendar/close/", views.calendar_close, name="calendar_close"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
