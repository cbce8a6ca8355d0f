"""The people supported, and what each confirms before the contract and says later (R-6.11)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core import protected
from astcoord.core.addresses import AddressField
from astcoord.core.fields import ChoiceSetField
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.placement.models import Objective, Placement
from placements.requests.lifecycle import Selection, StaffKind
from placements.supported.lifecycle import Commitment
from placements.supported.querysets import SupportedQuerySet


class SupportedStaff(models.Model):
    """One of the people supported, taken over from the request. `first_met_on` is the individual talk of P2.

    They have no account: a link in an e-mail opens their own form. Only links of the newest version work (R-6.11).

    An objective concerns those whom it names, or everybody where it names nobody. `concerned` follows its words, so
    that a yes to other words is seen not to be one (R-8.11); it is empty while there are no objectives.

    Somebody `joining` is asked like everybody else and takes part in nothing before the changed contract names them.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="supported")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=StaffKind)
    email = AddressField(blank=True)
    selection = models.CharField(max_length=10, choices=Selection)
    willing_to_develop = models.BooleanField(default=False)
    willing_to_continue = models.BooleanField(default=False)
    first_met_on = models.DateField(null=True, blank=True)
    withdrew_on = models.DateField(null=True, blank=True)
    joining = models.BooleanField("would be named by a change of the contract", default=False)
    joined_on = models.DateField("named by a change of the contract", null=True, blank=True)
    taken_off = models.BooleanField("no longer named, by a change of the contract", default=False)
    confirmed_at = models.DateTimeField("first confirmed", null=True, blank=True)
    objectives = models.ManyToManyField(Objective, blank=True, related_name="people")
    concerned = models.CharField("digest of the objectives that concern them", max_length=64, blank=True)
    asked_about = models.CharField("what they were last asked to say yes to", max_length=64, blank=True)
    asked_at = models.DateTimeField("asked to say yes to the objectives", null=True, blank=True)
    yes_to = models.CharField("what they said yes to", max_length=64, blank=True)
    yes_at = models.DateTimeField("said yes to the objectives", null=True, blank=True)
    link_version = models.PositiveSmallIntegerField(default=0)
    link_sent_at = models.DateTimeField(null=True, blank=True)

    objects = SupportedQuerySet.as_manager()

    personal_data = PersonalData(
        case="placement__request",
        named="name",
        emptied=("email",),
        not_personal={"fingerprint": ("concerned", "asked_about", "yes_to")},
    ).shows(
        61,
        say_later("Placements in which you are supported"),
        "placement: placement.reference; school: placement.host.name; name; e-mail: email; role: get_kind_display; "
        "how you were chosen: get_selection_display; first talk: first_met_on; link sent: link_sent_at; "
        "first confirmed: confirmed_at; said yes to the objectives: yes_at; withdrew: withdrew_on",
        person="",
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "supported staff"

    def __str__(self) -> str:
        return self.name

    def takes_part(self, on: date) -> bool:
        """Had joined by that day and not withdrawn before it; as `taking_part` asks it of the database (R-6.12)."""
        begun = not self.joining and (self.joined_on is None or self.joined_on <= on)
        return begun and (self.withdrew_on is None or self.withdrew_on >= on)

    @property
    def is_in(self) -> bool:
        """Takes part now; as `taking_part` without a day."""
        return self.withdrew_on is None and not self.joining

    @property
    def owes_a_yes(self) -> bool:
        """Has not said yes to the objectives as they stand; as `owing_a_yes` asks it of the database (R-8.11)."""
        return bool(self.concerned) and self.yes_to != self.concerned

    @property
    def has_own_form(self) -> bool:
        """Can be sent a link: one person with an address. A group's form is filled in on paper."""
        return bool(self.email) and self.kind != StaffKind.GROUP

    @property
    def initials(self) -> str:
        """How the home head sees them (section G, contract)."""
        return protected.initials(self.name)


class Confirmation(models.Model):
    """One saving of a person's form. The newest counts, the others are its history.

    `recorded_by` is empty where the person used the link, and names who entered it where it came on paper.
    """

    person = models.ForeignKey(SupportedStaff, models.CASCADE, related_name="confirmations")
    agreed = ChoiceSetField("what the person agreed to", options=Commitment.choices)
    development = models.TextField("what the person wants to get better at", max_length=1000, blank=True)
    gain = models.TextField("what the person hopes to gain", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField("day on which the paper was signed", null=True, blank=True)

    personal_data = PersonalData(case="person__placement__request", emptied=("development", "gain")).shows(
        62,
        "What you confirmed, and your own goals",
        "placement: person.placement.reference; when: at; you confirmed; you want to get better at: development; "
        "you hope to gain: gain; entered from paper by",
        person="person",
        made={
            "you confirmed": lambda row, _: "; ".join(Confirmation._meta.get_field("agreed").labels(row)),
            "entered from paper by": lambda row, _: str(row.recorded_by or ""),
        },
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_confirmation_has_day_and_recorder",
                condition=Q(recorded_by__isnull=True, signed_on__isnull=True)
                | Q(recorded_by__isnull=False, signed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.at:%-d %B %Y}"

    @property
    def own(self) -> bool:
        """Given by the person, through the link."""
        return self.recorded_by_id is None
