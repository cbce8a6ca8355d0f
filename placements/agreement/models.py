"""The preliminary meeting and its ten items, contract versions and signatures (R-8.0 to R-8.12)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.fixed import Fixed
from astcoord.core.models.documents import Document
from astcoord.core.models.policy import Policy
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.policy_choices import Party
from astcoord.core.words import say_later
from placements.agreement.lifecycle import Agreement, Fulfilment
from placements.agreement.querysets import SignatureQuerySet, VersionQuerySet
from placements.placement.models import Placement
from placements.placement.ten_items import ActionOwner
from staff.posts.models import Post


class ProtocolItem(models.Model):
    """One of the ten items: two facts each, whether it is agreed and whether it has been done."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="protocol")
    number = models.PositiveSmallIntegerField()
    agreement = models.CharField(max_length=15, choices=Agreement, default=Agreement.NOT_DISCUSSED)
    note = models.TextField(blank=True, max_length=1000)
    action = models.CharField("what is still to be done", max_length=250, blank=True)
    action_owner = models.CharField(max_length=12, choices=ActionOwner, blank=True)
    action_due = models.DateField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    fulfilment = models.CharField(max_length=12, choices=Fulfilment, default=Fulfilment.OUTSTANDING)
    fulfilled_on = models.DateField(null=True, blank=True)
    fulfilled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    personal_data = (
        PersonalData(case="placement__request", may_name=("note", "action"))
        .tells_of_work("placement__post__user")
        .shows(
            43,
            "Protocol items that you recorded",
            "placement: placement.reference; item: __str__; agreed: agreed_at if agreed_by; note: note if agreed_by; "
            "done: fulfilled_on if fulfilled_by",
            accounts=("agreed_by", "fulfilled_by"),
        )
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="protocol_item_once"),
            models.CheckConstraint(name="protocol_has_ten_items", condition=Q(number__gte=1, number__lte=10)),
            models.CheckConstraint(
                name="protocol_action_has_owner_and_date",
                condition=~Q(agreement=Agreement.WITH_ACTION)
                | (~Q(action="") & ~Q(action_owner="") & Q(action_due__isnull=False)),
            ),
            models.CheckConstraint(
                name="protocol_agreed_when_and_by_whom",
                condition=Q(agreement=Agreement.NOT_DISCUSSED, agreed_at__isnull=True, agreed_by__isnull=True)
                | (~Q(agreement=Agreement.NOT_DISCUSSED) & Q(agreed_at__isnull=False, agreed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="protocol_fulfilled_has_date",
                condition=~Q(fulfilment=Fulfilment.FULFILLED) | Q(fulfilled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"P{self.number}"


class ContractVersion(models.Model):
    """What was put before the parties: a PDF whose SHA-256 is what they sign, and the policy it was made under.

    A version that changes or extends work that is under way names the one it amends, and waits beside it: that one
    stays in force until everybody has signed. One that was refused or withdrawn stays `beside`, and superseded.

    `agreed_before` is what stands for the contract of a placement that was under way before this system (R-17.4): its
    document records what was agreed, nobody signs it here, and so it has no fingerprint.
    """

    fixed = Fixed(
        once=("superseded_at", "signed_document"),
        free=("beside", "change"),  # what was beside comes into force; names go out of what was typed
        provided="NOT (NEW.beside AND NOT OLD.beside)",
    )

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="contracts")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    change = models.TextField("what changed since the last version", blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    beside = models.BooleanField("waits for signatures while an earlier version is in force", default=False)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    signed_document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_before = models.BooleanField("agreed before this system, with no signatures here", default=False)
    agreed_on = models.DateField("day of the signed paper", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    personal_data = PersonalData(
        case="placement__request", may_name=("change",), not_personal={"fingerprint": ("sha256",)}
    ).tells_of_work("placement__post__user")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="contract_version_once"),
            models.UniqueConstraint(
                name="one_contract_in_force",
                fields=["placement"],
                condition=Q(superseded_at__isnull=True, beside=False),
            ),
            models.UniqueConstraint(
                name="one_contract_beside_it",
                fields=["placement"],
                condition=Q(superseded_at__isnull=True, beside=True),
            ),
            models.CheckConstraint(
                name="contract_beside_amends_another", condition=Q(beside=False) | Q(amends__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return "What was agreed before this system" if self.agreed_before else f"Contract version {self.number}"

    @property
    def signatures(self) -> SignatureQuerySet:
        """Those that count, in the order in which they were given: not the ones taken back (R-20.13)."""
        return Signature.objects.standing().filter(version=self)


class Signature(models.Model):
    """One party's signature on one version: name, capacity, time and the hash of the text signed.

    One that was taken back before anybody had signed after it stays in the history and counts no more (R-20.13).
    """

    fixed = Fixed(once=("taken_back_at",))

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="ever_signed")
    party = models.CharField(max_length=12, choices=Party)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    signed_at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64)
    taken_back_at = models.DateTimeField("taken back", null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("name",), "who signed", "Contracts and signatures"),), not_personal={"fingerprint": ("sha256",)}
    ).shows(
        42,
        "Contracts that you signed",
        "placement: version.placement.reference; version: version.number; as: get_party_display; name; "
        "when: signed_at; taken back: taken_back_at; SHA-256: sha256",
        accounts=("user",),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"], condition=Q(taken_back_at=None), name="one_signature_per_party"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_party_display()}"


class Peer(models.Model):
    """Another AST whom somebody would like at the meetings, for support, induction or an even hand (R-8.6, P6).

    Only if every party says yes; `invited_at` says when the co-ordinator then invited them.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="peers")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=say_later("AST"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField("taken back", null=True, blank=True)

    personal_data = PersonalData().shows(
        46,
        say_later("Placements whose meetings you were asked to join"),
        "placement: placement.reference; asked: asked_at; invited: invited_at; taken back: ended_at",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_peer_at_a_time", fields=["placement"], condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.post.user.name} at the meetings of {self.placement.reference}"


class PeerAnswer(models.Model):
    """One party's yes or no to a peer."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="answers")
    party = models.CharField(max_length=12, choices=Party)
    yes = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData().shows(
        47,
        say_later("Answers to another AST at meetings"),
        "placement: peer.placement.reference; as: get_party_display; yes; when: at",
        accounts=("by",),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["peer", "party"], name="one_answer_per_party_to_a_peer")]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {'yes' if self.yes else 'no'}"
