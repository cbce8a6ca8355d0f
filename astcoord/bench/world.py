"""What a made-up authority of any size is made in."""

import random
from dataclasses import dataclass
from datetime import date

from astcoord.bench.scale_words import FAMILY, GIVEN
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.accounts.models import User


@dataclass
class World:
    """What everything is made in."""

    dice: random.Random
    today: date
    year: AcademicYear
    office: User
    primary: list[School]
    secondary: list[School]

    def home(self, phase: str) -> School:
        return self.dice.choice(self.secondary if phase == "s" else self.primary)

    def person(self) -> str:
        return f"{self.dice.choice(GIVEN)} {self.dice.choice(FAMILY)}"
