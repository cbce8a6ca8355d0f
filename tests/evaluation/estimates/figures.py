"""Estimates and results of an invented school, and how pages say them."""

from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evaluation.estimates.actions import ESTIMATES
from evaluation.estimates.models import Estimate
from evaluation.results.models import AttainmentResult
from schools.register.models import School
from staff.accounts.models import User

HEADER = "URN,Subject,Measure,Year,Estimate,Actual,Pupils"


def estimate(school: School, by: User, value: str = "62", **fields: Any) -> Estimate:
    """Of mathematics in 2009, measured by GCSE at A* to C."""
    said = {"subject": "mathematics", "measure": "gcse_ac", "year": 2009, "actual": Decimal("55"), "pupils": 180}
    return ESTIMATES.save(by=by, school=school, value=Decimal(value), **{**said, **fields})


def result(school: School, value: str, **fields: Any) -> AttainmentResult:
    """The figure that the results of the school have."""
    said = {"subject": "mathematics", "measure": "gcse_ac", "year": 2009, "source": "published"}
    return AttainmentResult.objects.create(school=school, value=Decimal(value), **{**said, **fields})


def sent(client: Client, *lines: str, header: str = HEADER) -> Any:
    """The page that says which column is what, after the file was sent; or the page that refuses it."""
    data = "\n".join([header, *lines]).encode()
    file = SimpleUploadedFile("estimates.csv", data)
    return client.post(reverse("evaluation:import_estimates"), {"file": file}, follow=True)


MAPPING = {
    "urn": "URN",
    "subject": "Subject",
    "measure": "Measure",
    "year": "Year",
    "value": "Estimate",
    "actual": "Actual",
    "pupils": "Pupils",
}


def loaded(client: Client, *lines: str, **chosen: str) -> Any:
    """Sent, mapped as guessed and stored; or the preview again, with what is refused."""
    at = sent(client, *lines).request["PATH_INFO"]
    preview = client.post(at, MAPPING, follow=True).request["PATH_INFO"]
    return client.post(preview, chosen, follow=True)
