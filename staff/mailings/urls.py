"""Writing to several people from a list: the pages."""

from django.urls import path

from staff.mailings import views

urlpatterns = [
    path("messages/", views.MailingList.as_view(), name="mailings"),
    path("messages/<int:pk>/", views.MailingPage.as_view(), name="mailing"),
    path("messages/<int:pk>/withdraw/", views.withdraw, name="mailing_withdraw"),
    path("messages/to/<slug:code>/", views.write, name="mailing_write"),
]
