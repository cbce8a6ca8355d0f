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
    if year is not None:
        return SetUpStep("School calendar", reverse("schools:years"), done=True, said=f"{year} is entered")
    slug = slug_on(on)
    said = f"{slug.replace('-', '/')} is not entered yet: usual dates are filled in"
    return SetUpStep("School calendar", reverse("schools:year", args=[slug]), done=False, said=said)
