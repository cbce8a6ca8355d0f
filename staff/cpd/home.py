"""What the CPD log wants of ASTs on the first page, and its entries in the menu (R-3.9, R-3.12)."""

from collections.abc import Iterator
from datetime import date, timedelta

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.cpd.models import CpdEntry, CpdOffer
from staff.cpd.permissions import FIGURES, OFFER_READERS
from staff.cpd.rules import EVALUATE_WITHIN


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=67)
    for role in sorted(OFFER_READERS):
        hint = say("Leadership development and cross-curricular activities that ASTs can take up")
        navigation.register(role, "Offers of development", "staff:cpd_offers", 78, hint=hint)
    for role in sorted(FIGURES):
        hint = say("How many ASTs took part in what, and how many days")
        navigation.register(role, "CPD in numbers", "staff:cpd_figures", 79, hint=hint, group=navigation.REPORTS)


def tasks(user: User, today: date) -> Iterator[Task]:
    """An AST: visits that wait to be evaluated, offers that wait for an answer. Four queries at most."""
    if not user.has_role(Role.AST):
        return
    for entry in CpdEntry.objects.unevaluated(today).filter(post__user=user).order_by("on", "pk"):
        due = entry.on + timedelta(days=EVALUATE_WITHIN)
        yield Task(f"Say what came of your visit: {entry}", entry.get_absolute_url(), due=due)
    offered = CpdOffer.objects.visible_to(user).open(today).exclude(answers__post__user=user)
    for offer in offered.order_by("closes_on", "pk"):
        yield Task(f"Take up or decline: {offer}", offer.get_absolute_url(), due=offer.closes_on)
