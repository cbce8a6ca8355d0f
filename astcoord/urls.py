from django.urls import include, path

from astcoord.core.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("astcoord.ui.urls")),
    path("", include("astcoord.core.urls")),
    path("accounts/", include("allauth.urls")),
    path("schools/", include("schools.urls")),
    path("people/", include("staff.urls")),
    path("", include("placements.urls")),
    path("", include("evaluation.urls")),
]
