"""The people supported: the page of those who look after them, and their own form by its link."""

from django.urls import URLPattern, path

from placements.supported.views import own, people

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/people/", people.people, name="supported_people"),
    path("placements/<int:pk>/people/<int:person>/link/", people.send_link, name="supported_link"),
    path("placements/<int:pk>/people/<int:person>/address/", people.address, name="supported_address"),
    path("placements/<int:pk>/people/<int:person>/paper/", people.on_paper, name="supported_paper"),
    path("placements/<int:pk>/people/<int:person>/withdrawal/", people.withdraw, name="supported_withdrawal"),
    path("placements/<int:pk>/people/<int:person>/form.pdf", people.form_pdf, name="supported_form_pdf"),
    path("my-part/<str:token>/", own.form, name="supported_form"),
    path("my-part/<str:token>/withdraw/", own.withdraw, name="supported_withdraw"),
    path("my-part/<str:token>/protocol.pdf", own.protocol_pdf, name="supported_protocol"),
    path("my-part/<str:token>/new-link/", own.new_link, name="supported_new_link"),
]
