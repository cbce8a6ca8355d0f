"""Where the school calendar stands in the menu."""

from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import opening
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import Role
from astcoord.ui import navigation
from schools.calendar.models import AcademicYear
from schools.calendar.years import slug_on


def register() -> None:
    """What this room puts in the menu and on the set-up list."""
    opening.register("calendar", set_up, order=20)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        navigation.register(
            role, "School calendar", "schools:years", order=90, hint="Years, terms, half-terms and closed days"
        )


def set_up(user: Any, on: date) -> SetUpStep:
    """Terms and half-terms of this school year. One query."""
    year = AcademicYear.objects.on(on).first()
    said = f"{year} is entered" if year else f"{slug_on(on).replace('-', '/')} is not entered yet"
    page = "schools:years" if year else "schools:year_add"
    return SetUpStep("School calendar", reverse(page), done=year is not None, said=said)
