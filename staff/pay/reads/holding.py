"""What of a post's pay holds on a day; each a query at most, none where rows are given."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery

from astcoord.core.clock import today
from astcoord.core.policy_choices import RANGE_LENGTH
from astcoord.core.problems import Problem
from staff.pay import rules
from staff.pay.models import AllowanceAnswer, PayPoint, PayRange, PostContract
from staff.posts.models import Post

FOREVER = date.max


def range_on(post: Post, day: date, rows: Iterable[PayRange] | None = None) -> PayRange | None:
    """The range that the governors approved and that holds on that day: a later one takes the place of an earlier."""
    rows = PayRange.objects.approved().filter(post=post) if rows is None else rows
    return max((each for each in rows if each.starts_on <= day), key=lambda each: each.starts_on, default=None)


def point_on(post: Post, day: date, rows: Iterable[PayPoint] | None = None) -> PayPoint | None:
    """The point that is paid on that day (R-2.10)."""
    rows = PayPoint.objects.filter(post=post) if rows is None else rows
    return max((each for each in rows if each.starts_on <= day), key=lambda each: each.starts_on, default=None)


def allowances_on(post: Post, day: date) -> AllowanceAnswer | None:
    """What was last said that is so on that day; None where nobody was asked (R-2.8)."""
    return AllowanceAnswer.objects.filter(post=post, on__lte=day).order_by("-on").first()


def contract_of(post: Post) -> PostContract | None:
    """How long the post runs; None where nobody has said (R-2.4)."""
    return PostContract.objects.filter(post=post).first()


def before_in_post(post: Post) -> list[Problem]:
    """What the post wants of its pay before it is held. One query."""
    day = wanted_on(post, today())
    of_post = {"post": OuterRef("pk"), "starts_on__lte": day}
    ranges = PayRange.objects.approved().filter(**of_post).order_by("-starts_on")
    points = PayPoint.objects.filter(**of_post).order_by("-starts_on")
    answers = AllowanceAnswer.objects.filter(post=OuterRef("pk"), on__lte=day).order_by("-on")
    found = Post.objects.annotate(
        lowest=Subquery(ranges.values("lowest")[:1]),
        point=Subquery(points.values("point")[:1]),
        answer=Subquery(answers.values("pk")[:1]),
        held=Subquery(answers.values("held")[:1]),
    )
    facts = ("lowest", "point", "answer", "held", "contract__kind")
    lowest, point, answer, held, contract = found.values_list(*facts).get(pk=post.pk)
    return rules.in_post_problems(
        holds=None if lowest is None else rules.Points(lowest, lowest + RANGE_LENGTH - 1, day),
        point=point,
        asked=answer is not None,
        held=held or (),
        contract=contract or "",
    )


def wanted_on(post: Post, today: date) -> date:
    """The day for which pay must be whole: the first day or today, and while no first day is known, any."""
    return max(post.starts_on, today) if post.starts_on else FOREVER


def reason_of(row: PayRange) -> list[tuple[str, str]]:
    """R-2.9: why the range is what it is, part by part."""
    parts = (
        ("The pay rise", row.pay_rise),
        ("Differences to other teachers’ pay", row.differentials),
        ("Threshold payments open to colleagues", row.threshold),
    )
    return [(label, words) for label, words in parts if words]


def funding_words(post: Post, on: date) -> str:
    """Who pays on that day, and for what, where the department does (R-2.11, R-2.12). Uses prefetched `fundings`."""
    begun = [each for each in post.fundings.all() if each.starts_on <= on]
    holds = max(begun, key=lambda each: each.starts_on, default=post)
    area = holds.get_funding_area_display() if holds.funding_area else ""
    return f"{holds.get_funding_display()}{f': {area}' if area else ''}"
