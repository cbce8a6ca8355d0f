"""Accounts and roles: one person may hold several, at several schools, each for a while."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from astcoord.core.addresses import AddressField
from astcoord.core.clock import today
from astcoord.core.fields import ChoiceSetField
from astcoord.core.name_keys import Named
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.roles import OF_A_SCHOOL, OFFICE, Role
from schools.register.lifecycle import Phase
from schools.register.models import School
from schools.succession.models import Succession
from staff.expertise.vocabulary import Subject


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", password: str | None = None, **extra: Any) -> "User":
        """A person who signs in by a code sent to `email`; no password is ever set."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Named, AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from their roles."""

    email = AddressField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    second_step_declined = models.DateTimeField(null=True, blank=True)
    """When somebody was offered a second step and wanted none: they are not asked again."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    """The account that goes on, where one person had two: this one is closed for good (R-17.7)."""

    objects: ClassVar[UserManager] = UserManager()

    personal_data = PersonalData(
        own=(Own(("email", "name", "name_key"), "the account’s holder", "Accounts and roles"),),
        not_personal={"never set": ("password",)},
    ).shows(
        30,
        "Your account",
        "name; e-mail: email; since: date_joined; last signed in: last_login; may sign in: is_active",
        accounts=("pk",),
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name_key"]
        constraints = [
            models.CheckConstraint(
                name="merged_account_is_closed", condition=Q(merged_into__isnull=True) | Q(is_active=False)
            ),
            models.CheckConstraint(
                name="account_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_usable_password(self) -> bool:
        """Never: there are no passwords here, whatever the column holds."""
        return False

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session and every code under way is held against, at each request.

        Of the address and today's roles as well as of the random mark: whoever changes one of them, by whatever way,
        ends what began before. So does the day on which a role begins or ends.
        """
        self.__dict__["current_roles"] = roles = list(self.roles.in_force(today()))
        held = {f"{a.role} {a.school_id} {a.is_chair} {sorted(a.subjects)} {sorted(a.phases)}" for a in roles}
        value = "\n".join([self.password, self.email, *sorted(held)])
        return salted_hmac("staff.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def current_roles(self) -> list["RoleAssignment"]:
        """The roles in force today: one query for as long as this object lives."""
        return list(self.roles.in_force(today()))

    @property
    def role_set(self) -> frozenset[str]:
        """The names of today's roles."""
        return frozenset(a.role for a in self.current_roles)

    @property
    def stands_in_for_id(self) -> int | None:
        """Whose deputy this person is today (R-20.9); None for who works in that role anyway."""
        own = {each.role for each in self.current_roles if each.stands_in_for_id is None}
        found = (each for each in self.current_roles if each.stands_in_for_id and each.role not in own)
        return next((each.stands_in_for_id for each in found), None)

    @property
    def looks_after(self) -> frozenset[int]:
        """Whose cases are this person's today: the own, and those of somebody whose deputy this person is (R-20.9)."""
        return frozenset({self.pk} | {each.stands_in_for_id for each in self.current_roles if each.stands_in_for_id})

    @property
    def in_whose_name(self) -> "User":
        """Whose a case is that this person takes on: a deputy takes it on for the one who comes back (R-20.9)."""
        return User.objects.get(pk=self.stands_in_for_id) if self.stands_in_for_id else self

    def has_role(self, *roles: str) -> bool:
        """Whether any of `roles` is held today."""
        return bool(self.role_set & set(roles))

    def schools_as(self, *roles: str) -> set[int]:
        """The ids of the schools at which any of `roles` is held today, and of those that they have followed (R-17.6).

        So the successor's head reads what the closed school's papers say, and answers for what stayed with it.
        """
        held = {a.school_id for a in self.current_roles if a.role in roles and a.school_id}
        return held | {before for school in held for before in self._followed.get(school, ())}

    @cached_property
    def _followed(self) -> dict[int, set[int]]:
        """The schools that each of today's schools has followed: one query for as long as this object lives."""
        own = {a.school_id for a in self.current_roles if a.school_id}
        return Succession.objects.current().before(own) if own else {}


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, on: date) -> "RoleAssignmentQuerySet":
        """Held on that day, both ends included."""
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=on)).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def not_over(self, on: date) -> "RoleAssignmentQuerySet":
        """Held on that day or on a later one."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def of_office(self, on: date) -> "RoleAssignmentQuerySet":
        """Who works in the office on that day for good: deputies do for a while, and own no case (R-20.9)."""
        return self.in_force(on).filter(role__in=OFFICE, stands_in_for=None, user__is_active=True)

    def deputies(self) -> "RoleAssignmentQuerySet":
        """Roles in which somebody stands in for somebody else (R-20.9)."""
        return self.exclude(stands_in_for=None)

    def of_heads(self, on: date) -> "RoleAssignmentQuerySet":
        """The active headteachers of all schools on that day."""
        return self.in_force(on).filter(role=Role.HEADTEACHER, user__is_active=True)

    def heads_of(self, school: School | models.OuterRef, on: date) -> "RoleAssignmentQuerySet":
        """The active headteachers of a school on that day."""
        return self.of_heads(on).filter(school=school)


class RoleAssignment(models.Model):
    """One role of one person, at one school where the role is a school's. Ended, never deleted."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="role_assignments")
    subjects = ChoiceSetField(options=Subject.choices, blank=True)
    phases = ChoiceSetField("phases of a consultant’s group, all if none", options=Phase.choices, blank=True)
    is_chair = models.BooleanField("chair of governors", default=False)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    stands_in_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deputies")
    """Of a deputy: whose place in the office this is, from the first day to the last (R-20.9)."""

    objects = RoleAssignmentQuerySet.as_manager()

    personal_data = PersonalData().shows(
        31,
        "Your roles",
        "role: __str__; chair: is_chair; subjects; phases; from: starts_on; until: ends_on",
        accounts=("user", "stands_in_for"),
        made={"subjects": lambda role, _: list(role.subjects), "phases": lambda role, _: list(role.phases)},
    )

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                name="role_of_a_school_names_it", condition=~Q(role__in=sorted(OF_A_SCHOOL)) | Q(school__isnull=False)
            ),
            models.CheckConstraint(
                name="role_dates_in_order",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                name="role_held_once_at_a_time", fields=["user", "role", "school"], condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="deputy_is_somebody_else_and_for_a_while",
                condition=Q(stands_in_for__isnull=True)
                | (
                    ~Q(stands_in_for=models.F("user"))
                    & Q(role__in=sorted(OFFICE), starts_on__isnull=False, ends_on__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        words = f"{self.get_role_display()}, {self.school.name}" if self.school else self.get_role_display()
        return f"{words}, standing in for {self.stands_in_for}" if self.stands_in_for else words

    def has_begun(self, on: date) -> bool:
        return self.starts_on is None or self.starts_on <= on

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on

    def leads(self, subjects: Collection[str], school: School) -> bool:
        """Of a consultant: the group has one of these subjects, at schools of this phase (R-3.4)."""
        return bool(set(self.subjects) & set(subjects)) and (not self.phases or school.phase in self.phases)

    @property
    def subject_words(self) -> str:
        """A consultant's group: its subjects, and its phases where it has not all."""
        subjects = ", ".join(str(Subject(code).label) for code in self.subjects)
        phases = ", ".join(str(Phase(code).label).lower() for code in self.phases)
        return f"{subjects} ({phases})" if phases else subjects
