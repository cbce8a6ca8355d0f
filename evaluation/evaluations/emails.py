"""N17, N19: forms asked for, overdue, late, returned; the final evaluation concluded. Nobody supported is named."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from astcoord.core import emails, outbox
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from astcoord.core.signed_links import works_until
from evaluation.evaluations import links
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from placements.days.emails import for_supported, when
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.endings.emails import Asked
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import policy_of, readers_of
from placements.supported.emails import reader_of
from placements.supported.models import SupportedStaff
from staff.accounts.reads import heads_or_school

ROOM = "evaluation/evaluations/emails"
PARTIES = {AskedOf.AST: Party.AST, AskedOf.COORDINATOR: Party.COORDINATOR}


def asked(form: Evaluation) -> None:
    """To whoever is asked, once."""
    _to_owner(form, "asked", "first")


def owners(form: Evaluation) -> list[Asked]:
    """Who is asked for it: an account by the one message about the end, somebody supported by an own link."""
    if form.person is not None:
        return [Asked(form.person.email, form.due_on)] if _by_link(form.person) else []
    link = outbox.link(form.get_absolute_url())
    return [Asked(reader.email, form.due_on, link) for reader in owners_of(form)]


def overdue(form: Evaluation) -> int:
    """To whoever is asked, once after the day has passed; how many messages are new."""
    return _new(lambda: _to_owner(form, "overdue", str(form.due_on)))


def late(form: Evaluation) -> int:
    """R-11.16: to the co-ordinator, once; how many messages are new."""
    readers = readers_of(form.placement, today())[Party.COORDINATOR]
    return _new(lambda: _send("evaluation-late", form, readers, str(form.due_on)))


def returned(form: Evaluation) -> None:
    """Back to whoever wrote it; the co-ordinator's question stands on the page."""
    _to_owner(form, "returned", str(form.submitted_at))


def new_link(form: Evaluation, on: date) -> None:
    """A fresh link to the same form, at most one a day."""
    _to_owner(form, "asked", f"again:{on}")


def take_back(form: Evaluation) -> None:
    """Whatever asks for it and has not gone out yet."""
    outbox.cancel_about(form)


def concluded(placement: Placement, form: Evaluation) -> None:
    """The final evaluation is done: to the host head, the home head and the AST."""
    parties = readers_of(placement, today())
    both = dict.fromkeys([*parties[Party.HOST_HEAD], *parties[Party.AST]])
    home = dict.fromkeys(reader for reader in parties[Party.HOME_HEAD] if reader not in both)
    _send("evaluation-concluded", form, both, "done", paper=True)
    _send("evaluation-concluded", form, home, "done", paper=policy_of(placement).evaluation_to_home_head)


def _to_owner(form: Evaluation, what: str, round_: str) -> None:
    person = form.person
    if person is None:
        _send(f"evaluation-{what}", form, owners_of(form), round_)
    elif _by_link(person):
        facts = {"link": links.address(form, person), "until": works_until(today())}
        if what == "asked" and (gone := _called_off(form)):
            facts |= {"days": [when(day) for day in gone], "calendar": [for_supported(day) for day in gone]}
        _send(f"evaluation-link-{what}", form, [reader_of(person)], round_, **facts)


def _called_off(form: Evaluation) -> list[OutreachDay]:
    """Days after an early end, which the same message takes out of the calendar (R-18.4)."""
    placement = form.placement
    if form.kind != EvaluationKind.FINAL or placement.status != PlacementStatus.ENDED_EARLY:
        return []
    return list(placement.outreach_days.filter(status=DayStatus.CANCELLED, on__gt=placement.ended_on))


def _by_link(person: SupportedStaff) -> bool:
    return person.has_own_form and person.withdrew_on is None


def owners_of(form: Evaluation) -> list[Reader]:
    if form.asked_of == AskedOf.HOST_HEAD:
        return heads_or_school(form.placement.host, today())
    if form.asked_of == AskedOf.AST and not form.placement.post.user.is_active:
        return []
    return list(readers_of(form.placement, today())[PARTIES[AskedOf(form.asked_of)]])


def _send(kind: str, form: Evaluation, readers: Iterable[Reader], round_: str, **facts: Any) -> None:
    for reader in readers:
        key = f"{kind}:{form.pk}:{round_}:{reader.key}"
        emails.send(f"{ROOM}/{kind}.txt", to=reader, key=key, about=form, form=form, placement=form.placement, **facts)


def _new(send: Any) -> int:
    before = Message.objects.count()
    send()
    return Message.objects.count() - before
