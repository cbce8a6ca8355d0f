"""Deny by default, then declare (design, section 5)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.views import View

from astcoord.core.access import access, public, rule_of, signed_in
from astcoord.core.checks import every_view_declares_its_access
from astcoord.core.roles import OFFICE, Role


@access(Role.COORDINATOR)
def for_the_coordinator(request):
    return HttpResponse("yes")


@access(OFFICE)
class ForTheOffice(View):
    def get(self, request):
        return HttpResponse("yes")


@signed_in
def for_anyone_inside(request):
    return HttpResponse("yes")


@public("a test")
def for_all(request):
    return HttpResponse("yes")


def undeclared(request):
    return HttpResponse("no")


urlpatterns = [
    path("coordinator/", for_the_coordinator),
    path("office/", ForTheOffice.as_view()),
    path("inside/", for_anyone_inside),
    path("all/", for_all),
    path("undeclared/", undeclared),
]


@pytest.mark.parametrize(("role", "outcome"), [("coordinator", 200), ("administrator", 403), ("host_head", 403)])
def test_a_role_is_needed(cast, rf, role, outcome):
    request = rf.get("/")
    request.user = getattr(cast, role)
    if outcome == 403:
        with pytest.raises(PermissionDenied):
            for_the_coordinator(request)
    else:
        assert for_the_coordinator(request).status_code == 200


@pytest.mark.parametrize(("role", "allowed"), [("coordinator", True), ("administrator", True), ("ast", False)])
def test_a_class_based_view_declares_in_the_same_way(cast, rf, role, allowed):
    request = rf.get("/")
    request.user = getattr(cast, role)
    if allowed:
        assert ForTheOffice.as_view()(request).status_code == 200
    else:
        with pytest.raises(PermissionDenied):
            ForTheOffice.as_view()(request)


def test_rules_can_be_read_back():
    assert rule_of(for_the_coordinator).roles == {"coordinator"}
    assert rule_of(ForTheOffice.as_view()).roles == {"coordinator", "administrator"}
    assert rule_of(for_all).public == "a test"
    assert rule_of(undeclared) is None


def test_a_view_that_declares_nothing_stops_the_software(settings):
    settings.ROOT_URLCONF = "tests.core.test_access"
    errors = every_view_declares_its_access(None)
    assert [e.msg for e in errors] == ["/undeclared/ does not declare who may see it."]


@pytest.mark.parametrize(("url", "status"), [("/all/", 200), ("/inside/", 302), ("/coordinator/", 302)])
def test_a_stranger_is_sent_to_sign_in(client, db, settings, url, status):
    settings.ROOT_URLCONF = "tests.core.test_access"
    settings.LOGIN_URL = "/sign-in/"
    assert client.get(url).status_code == status


def test_no_view_of_the_real_site_is_undeclared():
    assert every_view_declares_its_access(None) == []
