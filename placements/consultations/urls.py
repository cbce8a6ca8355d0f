"""The initial consultation, before outreach and before inreach."""

from django.urls import URLPattern, path

from placements.consultations import views

KINDS = (("outreach", "placements", views.outreach), ("inreach", "inreach", views.inreach))

urlpatterns: list[URLPattern] = [
    each
    for kind, place, about_of in KINDS
    for each in (
        path(f"{place}/<int:pk>/consultation/", views.detail, {"about_of": about_of}, name=f"{kind}_consultation"),
        path(
            f"{place}/<int:pk>/consultation/form.pdf",
            views.form_pdf,
            {"about_of": about_of},
            name=f"{kind}_consultation_pdf",
        ),
        path(
            f"{place}/<int:pk>/consultation/<slug:side>/",
            views.fill_in,
            {"about_of": about_of},
            name=f"{kind}_consultation_part",
        ),
    )
]
