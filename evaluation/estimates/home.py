"""An offer of help on the headteacher's first page, and the screen in the menu (R-11.12)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import home, policy
from astcoord.core.home import Task
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import navigation
from evaluation.estimates.models import Offer
from staff.accounts.models import User

SETTING = "fft_screen"


def register() -> None:
    """What this room puts on the first page and in the menu; the list of estimates puts itself there."""
    home.register(tasks=tasks, order=64)
    hint = "Departments whose results lie under their estimate, and offers of help"
    for role in AUTHORITY:
        navigation.register(role, "Might welcome support", "evaluation:fft_screen", 57, hint=hint, setting=SETTING)
    words = "Offers that followed from your school’s figures"
    navigation.register(Role.HEADTEACHER, "Offers of help", "evaluation:offers", 57, hint=words, setting=SETTING)


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query, for a headteacher where the policy has the screen."""
    schools = user.schools_as(Role.HEADTEACHER)
    if not schools or not getattr(policy.in_force(today), SETTING):
        return
    for offer in Offer.objects.waiting().filter(school__in=schools).order_by("answer_by", "pk"):
        words = f"Answer the offer of help in {offer.get_subject_display()}"
        yield Task(words, offer.get_absolute_url(), due=offer.answer_by, hint="A yes begins a request in your name")
