"""Notices to ASTs, as a register (R-3.20)."""

from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say_later
from staff.accounts.models import User
from staff.notices import emails, rules
from staff.notices.models import Notice


class Notices(Register[Notice]):
    """The co-ordinator posts them; the office reads all, an AST those of today that are for the AST."""

    model = Notice
    noun = "notice"
    rule = "R-3.20"
    readers = OFFICE | {Role.AST}
    keepers = frozenset({Role.COORDINATOR})
    ends_with = "withdrawn_on"
    end_verb, resume_verb = "withdrawn", "shown again"
    used_words = say_later("ASTs have been able to read it. Withdraw it instead.")

    def problems(self, row: Notice) -> list[Problem]:
        held = Notice.objects.filter(pk=row.pk).values_list("starts_on", flat=True).first()
        return rules.notice_problems(row, before=held, today=today())

    def is_used(self, row: Notice) -> bool:
        """Its first day has come."""
        return row.starts_on <= today()

    @transaction.atomic
    def save(self, *, row: Notice | None = None, by: User, **fields: Any) -> Notice:
        """One that is shown now and goes by e-mail goes at once; one to come goes on its first day."""
        saved = super().save(row=row, by=by, **fields)
        _post(saved, today())
        return saved

    @transaction.atomic
    def end(self, *, row: Notice, by: User) -> Notice:
        """Nobody sees it any more, and what has not gone by e-mail does not go."""
        ended = super().end(row=row, by=by)
        emails.withdrawn(ended)
        return ended


NOTICES = Notices()


def post_due(on: date) -> int:
    """Daily: notices that are shown and go by e-mail have gone to everybody whom they are for; how many notices."""
    return each(Notice.objects.shown(on).filter(by_email=True), lambda notice: _post(notice, on))


def _post(notice: Notice, on: date) -> None:
    if notice.by_email and Notice.objects.shown(on).filter(pk=notice.pk).exists():
        emails.posted(notice, on)
