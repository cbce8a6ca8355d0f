from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from astcoord.core import protected
from astcoord.core.words import say

if TYPE_CHECKING:
    from staff.accounts.models import User

M = TypeVar("M", bound=models.Model)


class AboutQuerySet(models.QuerySet[M]):
    def about(self, obj: models.Model) -> Self:
        """The rows about one thing."""
        return self.filter(about_type=ContentType.objects.get_for_model(obj), about_id=obj.pk)


class About(models.Model):
    """A row that is about some other row, whatever its kind."""

    about_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["about_type", "about_id"])]

    def kind_and_number(self) -> str:
        """“placement P00012”: what the row is about, without opening it."""
        model = self.about_type.model_class() if self.about_type else None
        return about_words(model, self.about_id) if model and self.about_id else ""


def about_account(user: "User") -> models.Q:
    """Rows about somebody's account; none for somebody without."""
    if user is None:
        return models.Q(pk__in=[])
    return models.Q(about_type=ContentType.objects.get_for_model(user), about_id=user.pk)


def about_words(model: type[models.Model], pk: int) -> str:
    """A thing by its kind and its reference, or its number where it has no reference of its own; no query."""
    named = isinstance(getattr(model, "reference", None), property)
    thing: Any = model(pk=pk)
    return f"{say(str(model._meta.verbose_name))} {thing.reference if named else pk}"


class AppendOnlyQuerySet(models.QuerySet[M]):
    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """As `save` does it, for many."""
        rows = list(objs)
        for row in rows:
            protected.clean(row)
        return super().bulk_create(rows, *args, **kwargs)


class AboutHistoryQuerySet(AppendOnlyQuerySet[M], AboutQuerySet[M]):  # type: ignore[override]
    """Rows that are written once, about some other row."""


class AppendOnly(models.Model):
    """A row that is written once: history is never edited (R-16.3), and the database sees to it (`append_only`).

    What cannot be edited cannot be redacted: names of supported staff are taken out of the declared free texts as the
    row is written (`protected`). `disposal` names the column with a row's time and the years after which the row may
    go; None means never.
    """

    disposal: ClassVar[tuple[str, int] | None] = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only")
        protected.clean(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(f"{type(self).__name__} is append-only")
