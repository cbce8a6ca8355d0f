"""A list as somebody likes to look at it: its filters and order, under a name (R-20.10)."""

from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of_page(self, page: str, by_pk: int) -> "SavedViewQuerySet":
        """Those that this person finds above a list: the own ones, and those that the office keeps for all."""
        return self.filter(Q(by_pk=by_pk) | Q(for_all=True), page=page)

    def own(self, by_pk: int) -> "SavedViewQuerySet":
        return self.filter(by_pk=by_pk)


class SavedView(models.Model):
    """`page` is the name of the list's address, `query` what stands behind its question mark.

    `by_pk` is no foreign key: accounts live on a floor above.
    """

    by_pk = models.BigIntegerField()
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    for_all = models.BooleanField("for everybody who opens the list", default=False)

    objects = SavedViewQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("name", "query"), "whoever saved it", "until whoever saved it takes it away"),),
        not_personal={"an address of ours": ("page",)},
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["by_pk", "page", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name
