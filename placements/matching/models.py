"""One AST proposed for one request, and the three answers it needs (R-7.1, R-7.5)."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from astcoord.core.fields import days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.matching.lifecycle import MATCH, MATCH_LIVE, MatchStatus
from placements.matching.querysets import MatchQuerySet
from placements.requests.models import OutreachRequest
from staff.posts.models import Post


class Match(models.Model):
    """A proposal, with the reasons as they stood on the day it was made."""

    machine: ClassVar[Machine] = MATCH

    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="matches")
    post = models.ForeignKey(Post, models.PROTECT, related_name="matches", verbose_name=say_later("AST"))
    status = models.CharField(max_length=10, choices=MatchStatus, default=MatchStatus.PROPOSED)
    days = days_field()
    shared = models.BooleanField("one of two who share the request", default=False)
    rank = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=1)
    reasons = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    lower_choice_reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    answer_by = models.DateField()

    objects = MatchQuerySet.as_manager()

    personal_data = (
        PersonalData(case="request", may_name=("lower_choice_reason", "reasons"))
        .tells_of_work("post__user")
        .shows(
            50,
            "Matches proposed to you",
            "school: request.host.name; status: get_status_display; days; rank; score; reasons; proposed: proposed_at",
            accounts=("post__user",),
        )
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(
                name="one_live_match_per_request_and_ast",
                fields=["request", "post"],
                condition=Q(status__in=sorted(MATCH_LIVE)),
            ),
            models.CheckConstraint(name="match_days_positive", condition=Q(days__gt=0)),
            models.CheckConstraint(
                name="match_lower_choice_has_reason", condition=Q(rank=1) | ~Q(lower_choice_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} for {self.request}"

    def answer_lines(self) -> "list[AnswerLine]":
        """The three parties in order; uses prefetched answers where there are any."""
        given = {answer.party: answer for answer in self.answers.all()}
        waits = self.status == MatchStatus.PROPOSED
        return [AnswerLine(str(party), party.label, given.get(party), waits) for party in MatchAnswer.Party]


class MatchAnswer(models.Model):
    """One party's yes or no. The co-ordinator's yes is the proposal itself, or the group's decision."""

    class Party(models.TextChoices):
        AST = "ast", say_later("Advanced Skills Teacher")
        HOME_HEAD = "home_head", "Home headteacher"
        COORDINATOR = "coordinator", say_later("Co-ordinator")

    match = models.ForeignKey(Match, models.CASCADE, related_name="answers")
    party = models.CharField(max_length=12, choices=Party)
    yes = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    personal_data = (
        PersonalData(case="match__request", may_name=("reason",))
        .tells_of_work("match__post__user")
        .shows(
            41,
            "Your answers to proposed matches",
            "match: match_id; as: get_party_display; answer; reason; when: at",
            accounts=("by",),
            made={"answer": lambda answer, _: "Yes" if answer.yes else "No"},
        )
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["match", "party"], name="one_answer_per_party"),
            models.CheckConstraint(name="a_no_has_a_reason", condition=Q(yes=True) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {'yes' if self.yes else 'no'}"


@dataclass(frozen=True)
class AnswerLine:
    """One of the three parties, and what it said."""

    party: str
    label: str
    answer: MatchAnswer | None
    waited_for: bool = True

    @property
    def words(self) -> str:
        if self.answer is None:
            return "Not answered yet" if self.waited_for else "No answer needed any more"
        return "Yes" if self.answer.yes else "No"
