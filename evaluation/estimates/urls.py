"""Estimates, the screen, and offers of help: the pages."""

from django.urls import URLPattern, path

from astcoord.ui.loading import pages
from evaluation.estimates.views import estimates, offers

urlpatterns: list[URLPattern] = [
    *pages(estimates.LOAD, "estimates/import/"),
    path("estimates/screen/", estimates.Screen.as_view(), name="fft_screen"),
    path("estimates/supported/", estimates.supported, name="fft_supported"),
    path("estimates/<int:pk>/offer/", offers.offer_make, name="offer_make"),
    *estimates.EstimatePages().urls(),
    path("offers/", offers.Offers.as_view(), name="offers"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/accept/", offers.offer_accept, name="offer_accept"),
    path("offers/<int:pk>/decline/", offers.offer_decline, name="offer_decline"),
    path("offers/<int:pk>/withdraw/", offers.offer_withdraw, name="offer_withdraw"),
]
