"""What the letters want of people on their first page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import home, opening
from astcoord.core.home import Panel, Task
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from placements.letters.actions import due_terms, problems_now
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from placements.letters.reads import rounds
from staff.accounts.models import User

LETTERS = "Each term’s letters to schools, which say who has days left and how to ask"


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, panels=panels, order=40)
    opening.register("letter", set_up, order=80)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
        navigation.register(
            role,
            "Letters",
            "placements:letter_rounds",
            60,
            hint=LETTERS,
            group=navigation.SCHOOLS,
            under="schools:list",
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """Approve what is built; look at what failed; post what has no address. One query."""
    if not user.has_role(*OFFICE):
        return
    if user.has_role(Role.COORDINATOR):
        yield from _unfit(user, today)
    latest: list[Any] = list(rounds().exclude(status=RoundStatus.CANCELLED)[:6])
    for each in latest:
        url = reverse("placements:letter_round", args=[each.pk])
        if each.status == RoundStatus.BUILT and user.has_role(Role.COORDINATOR):
            yield Task(f"Approve the letters: {each}", url, hint="Nothing is sent until you do", count=each.total)
        if each.failed:
            yield Task(f"Letters that failed: {each}", f"{url}?state=failed", count=each.failed)
        if each.to_post:
            post = reverse("placements:letters_to_post", args=[each.pk])
            yield Task(f"Letters to print and post: {each}", post, count=each.to_post)


def _unfit(user: User, today: date) -> Iterator[Task]:
    """Letters that are due, and that the clock cannot prepare: why. One query where none are due."""
    terms = due_terms(today)
    found = problems_now(by=user) if terms else []
    for term in terms if found else []:
        title = f"Letters to schools cannot be prepared: {term.name}"
        yield Task(title, reverse("placements:letters_early"), hint=found[0].message)


def set_up(user: User, today: date) -> SetUpStep:
    """The first letter to the schools. One query."""
    went = LetterRound.objects.filter(status__in=[RoundStatus.SENDING, RoundStatus.SENT]).first()
    said = str(went) if went else "None has gone yet. It tells schools what help there is, and how to ask"
    return SetUpStep("First letter to schools", reverse("placements:letter_rounds"), done=went is not None, said=said)


def panels(user: User, today: date) -> Iterator[Panel]:
    """A head finds the latest letter and the list of expertise. One query."""
    schools = user.schools_as(Role.HEADTEACHER)
    if not schools:
        return
    links = [(say("The list of ASTs and what each can help with"), reverse("staff:expertise"))]
    if Letter.objects.visible_to(user).filter(round__status__in=[RoundStatus.SENDING, RoundStatus.SENT]).exists():
        links.append(("Letters to your school", reverse("placements:own_letters")))
    yield Panel(say("What ASTs can help with"), links=tuple(links))
