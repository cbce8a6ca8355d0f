"""One school, and people with and without a right to it, each signed in."""

import pytest
from django.test import Client

from astcoord.core.roles import Role
from schools.register.models import School
from tests.factories import SchoolFactory, person
from tests.schools.pages import signed_in


@pytest.fixture
def host(db: None) -> School:
    return SchoolFactory(name="Fernleigh Primary School")


@pytest.fixture
def office(db: None) -> Client:
    return signed_in(person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR))


@pytest.fixture
def officer(db: None) -> Client:
    return signed_in(person("Greta Larkwood", "greta@marlshire.example", Role.OFFICER))


@pytest.fixture
def head(host: School) -> Client:
    return signed_in(person("Rowan Oakhanger", "rowan@marlshire.example", Role.HEADTEACHER, host))


@pytest.fixture
def outsider(db: None) -> Client:
    elsewhere = SchoolFactory(name="Stonecross Primary School")
    return signed_in(person("Ivo Saltmarsh", "ivo@marlshire.example", Role.HEADTEACHER, elsewhere))
