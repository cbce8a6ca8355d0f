"""One school of the register with its status history and links, and a file that waits to be confirmed."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.addresses import AddressField
from astcoord.core.name_keys import Named
from astcoord.core.personal_data import Own, PersonalData
from schools.calendar.rules import span_holds
from schools.register.lifecycle import (
    OPEN_STATUSES,
    STATUS_NAMES,
    Category,
    LinkKind,
    Phase,
    Programme,
    RegisterStatus,
    StatusKind,
)
from schools.register.querysets import SchoolQuerySet, StatusQuerySet
from schools.register.rules import MAINTAINED_KINDS


class Cluster(models.Model):
    """Schools that work together; also called a family or a network."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)

    personal_data = PersonalData(not_personal={"about schools": ("name", "slug")})

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class School(Named):
    """One school. The first block is the register's and changes by import; the second is ours."""

    STATUS_COLOURS = {"open": "green", "closing": "yellow", "closed": "grey", "proposed": "blue"}

    urn = models.PositiveIntegerField("URN", unique=True)
    name = models.CharField(max_length=250)
    register_name = models.CharField(max_length=120, blank=True, editable=False)
    """As the register has it. Where schools share it, `name` says which one is meant (see `imports/names.py`)."""

    la_code = models.CharField("local authority code", max_length=3, blank=True, db_index=True)
    la_name = models.CharField("local authority", max_length=100, blank=True)
    establishment_number = models.PositiveSmallIntegerField(null=True, blank=True)
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.OTHER)
    kind_code = models.CharField("type code", max_length=3, blank=True)
    kind = models.CharField("type", max_length=100, blank=True)
    group_code = models.CharField("type group code", max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=RegisterStatus, default=RegisterStatus.OPEN)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    low_age = models.PositiveSmallIntegerField("lowest age", null=True, blank=True)
    high_age = models.PositiveSmallIntegerField("highest age", null=True, blank=True)
    pupils = models.PositiveIntegerField("pupils on roll", null=True, blank=True)
    street = models.CharField(max_length=100, blank=True)
    locality = models.CharField(max_length=100, blank=True)
    address3 = models.CharField("third address line", max_length=100, blank=True)
    town = models.CharField(max_length=100, blank=True)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    website = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    register_head_name = models.CharField(max_length=150, blank=True, editable=False)
    register_changed_on = models.DateField(null=True, blank=True, editable=False)

    head_name = models.CharField("headteacher", max_length=150, blank=True)
    email = AddressField("e-mail address for letters", blank=True)
    email_is_own = models.BooleanField("this is the headteacher’s own address", default=False)
    """The office says so. Whoever proves to have the address may sign in as the headteacher (R-17.5)."""
    chair_name = models.CharField("chair of governors", max_length=150, blank=True)
    chair_email = AddressField("chair’s e-mail address", blank=True)
    teacher_count = models.PositiveIntegerField("number of teachers", null=True, blank=True)
    specialist_subject = models.CharField(max_length=100, blank=True)
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="schools")
    feeds_into = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="feeders")

    objects = SchoolQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(("register_head_name", "head_name", "email"), "the headteacher", "until the next one is entered"),
            Own(("chair_name", "chair_email"), "the chair of governors", "until the next one is entered"),
        ),
        not_personal={
            "about the school": (
                *("name", "name_key", "register_name", "la_code", "la_name"),
                *("kind_code", "kind", "group_code", "specialist_subject"),
                *("street", "locality", "address3", "town", "county", "postcode", "website", "telephone"),
            )
        },
    )

    class Meta:
        ordering = ["name_key", "urn"]
        indexes = [
            models.Index(fields=["name_key", "urn"]),
            models.Index(fields=["status", "phase"]),
        ]
        constraints = [
            models.CheckConstraint(name="school_named", condition=~Q(name="")),
            models.CheckConstraint(name="school_urn_positive", condition=Q(urn__gt=0)),
            models.CheckConstraint(
                name="school_has_both_coordinates_or_none",
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False, easting__gt=0, northing__gt=0),
            ),
            models.CheckConstraint(name="school_status_known", condition=Q(status__in=RegisterStatus.values)),
            models.CheckConstraint(name="school_phase_known", condition=Q(phase__in=Phase.values)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schools:detail", args=[self.urn])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_maintained(self) -> bool:
        """Maintained by a local authority, as the register's type says (R-1.1)."""
        return self.kind_code in MAINTAINED_KINDS

    @property
    def chair_is_known(self) -> bool:
        """The chair of governors can be written to (R-1.3)."""
        return bool(self.chair_name and self.chair_email)

    @property
    def address_lines(self) -> list[str]:
        """The address as a letter shows it, without blanks."""
        parts = [self.street, self.locality, self.address3, self.town, self.county, self.postcode]
        return [part for part in parts if part]

    @property
    def ages(self) -> str:
        """Such as “4 to 11”; empty where the register gives none."""
        return "" if self.low_age is None or self.high_age is None else f"{self.low_age} to {self.high_age}"

    @property
    def website_url(self) -> str:
        """The website to link to, "" where it is none: most of the register's lack a scheme."""
        address = self.website if "://" in self.website else f"http://{self.website}"
        ours = address.lower().startswith(("http://", "https://")) and "." in address and " " not in address
        return address if self.website and ours else ""

    def category_on(self, day: date) -> str:
        """The category's code in force on `day`, "" for none (R-1.2). Free of queries after `with_status`."""
        return next((row.name for row in self.statuses.all() if row.is_category and row.holds_on(day)), "")

    def programmes_on(self, day: date) -> tuple[str, ...]:
        """Codes of the programmes in force on `day`, sorted (R-1.2)."""
        rows = self.statuses.all()
        return tuple(sorted({row.name for row in rows if not row.is_category and row.holds_on(day)}))


class SchoolLink(models.Model):
    """What the register says came before or after: URNs change when a school becomes an academy."""

    school = models.ForeignKey(School, models.CASCADE, related_name="links")
    other_urn = models.PositiveIntegerField("other school’s URN")
    other_name = models.CharField(max_length=120, blank=True)
    other = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=LinkKind)
    words = models.CharField("the register’s words", max_length=60, blank=True)
    since = models.DateField(null=True, blank=True)

    personal_data = PersonalData(not_personal={"about schools": ("other_name", "words")})

    class Meta:
        ordering = ["since", "other_urn"]
        constraints = [
            models.UniqueConstraint(fields=["school", "other_urn", "words"], name="school_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other_name or self.other_urn}"


class SchoolStatus(models.Model):
    """One line of a school's dated history: a category or a programme (R-1.2). The last day counts."""

    school = models.ForeignKey(School, models.CASCADE, related_name="statuses")
    kind = models.CharField(max_length=10, choices=StatusKind)
    name = models.CharField(max_length=30, choices=STATUS_NAMES)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects = StatusQuerySet.as_manager()

    personal_data = PersonalData(not_personal={"about the school": ("note",)})

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name_plural = "school statuses"
        constraints = [
            models.CheckConstraint(
                name="school_status_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="school_status_name_of_its_kind",
                condition=Q(kind=StatusKind.CATEGORY, name__in=Category.values)
                | Q(kind=StatusKind.PROGRAMME, name__in=Programme.values),
            ),
            models.UniqueConstraint(
                name="school_one_open_category",
                fields=["school"],
                condition=Q(kind=StatusKind.CATEGORY, ends_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="school_one_open_row_of_a_programme",
                fields=["school", "name"],
                condition=Q(ends_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_name_display()

    @property
    def is_category(self) -> bool:
        return self.kind == StatusKind.CATEGORY

    def holds_on(self, day: date) -> bool:
        """In force on `day`."""
        return span_holds(self.starts_on, self.ends_on, day)


class PendingImport(models.Model):
    """What was read from an upload, kept between its preview and the confirmation; then removed.

    `by_pk` is no foreign key: accounts live on the floor above.
    """

    by_pk = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    filename = models.CharField(max_length=200)
    reading = models.JSONField(encoder=DjangoJSONEncoder)

    personal_data = PersonalData(
        own=(Own(("reading",), "headteachers and chairs of the file", "until it is confirmed"),),
        not_personal={"a file’s name": ("filename",)},
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename
