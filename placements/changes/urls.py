"""Changes of a contract in force: asked for, looked at, signed, refused."""

from django.urls import URLPattern, path

from placements.changes.views import amendment, preparing

CHANGES = "placements/changes/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/extension/", preparing.extension, name="extension"),
    path("placements/<int:pk>/change/", preparing.change, name="change_new"),
    path(f"{CHANGES}/", amendment.detail, name="amendment"),
    path(f"{CHANGES}/terms/", preparing.terms, name="amendment_terms"),
    path(f"{CHANGES}/objectives/add/", preparing.objective_add, name="amendment_objective_add"),
    path(f"{CHANGES}/objectives/<int:number>/", preparing.objective, name="amendment_objective"),
    path(
        f"{CHANGES}/objectives/<int:number>/remove/",
        preparing.objective_remove,
        name="amendment_objective_remove",
    ),
    path(f"{CHANGES}/people/", preparing.people, name="amendment_people"),
    path(f"{CHANGES}/people/add/", preparing.person_add, name="amendment_person_add"),
    path(f"{CHANGES}/people/<int:person>/remove/", preparing.person_remove, name="amendment_person_remove"),
    path(f"{CHANGES}/send/", amendment.send, name="amendment_send"),
    path(f"{CHANGES}/offer/", amendment.offer, name="amendment_offer"),
    path(f"{CHANGES}/unsign/", amendment.unsign, name="amendment_unsign"),
    path(f"{CHANGES}/refuse/", amendment.refuse, name="amendment_refuse"),
    path(f"{CHANGES}/withdraw/", amendment.withdraw, name="amendment_withdraw"),
]
