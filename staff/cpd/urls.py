"""The CPD log and offers of development: the pages."""

from django.urls import URLPattern, path

from staff.cpd.views import log, offers

ONE = "cpd-offers/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *log.CpdPages().urls(),
    path("cpd-log/<int:pk>/evaluate/", log.cpd_entry_evaluate, name="cpd_entry_evaluate"),
    path("cpd-log/figures/", log.cpd_figures, name="cpd_figures"),
    path("cpd-offers/", offers.OfferList.as_view(), name="cpd_offers"),
    path("cpd-offers/add/", offers.cpd_offer_add, name="cpd_offer_add"),
    path(ONE, offers.cpd_offer, name="cpd_offer"),
    path(f"{ONE}change/", offers.cpd_offer_change, name="cpd_offer_change"),
    path(f"{ONE}withdraw/", offers.cpd_offer_withdraw, name="cpd_offer_withdraw"),
    path(f"{ONE}close/", offers.cpd_offer_close, name="cpd_offer_close"),
    path(f"{ONE}accept/", offers.cpd_offer_accept, name="cpd_offer_accept"),
    path(f"{ONE}decline/", offers.cpd_offer_decline, name="cpd_offer_decline"),
    path("cpd-answers/<int:pk>/take-back/", offers.cpd_answer_take_back, name="cpd_answer_take_back"),
]
