"""An AST says of an open request: “I could do this” (R-7.9)."""

from django.db import models
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.offers.querysets import HelpOfferQuerySet
from placements.requests.models import OutreachRequest
from staff.posts.models import Post


class HelpOffer(models.Model):
    """Nothing is promised by it. Taken back, it is deleted; that it was there the trail keeps.

    Whether it still stands is no column: it lapses by itself with the request (`HelpOfferQuerySet.standing`).
    """

    request = models.ForeignKey(OutreachRequest, models.CASCADE, related_name="help_offers")
    post = models.ForeignKey(Post, models.CASCADE, related_name="help_offers", verbose_name=say_later("AST"))
    note = models.CharField(say_later("what the AST adds"), max_length=300, blank=True)
    at = models.DateTimeField("said at")

    objects = HelpOfferQuerySet.as_manager()

    personal_data = PersonalData(case="request", may_name=("note",)).shows(
        42,
        "Requests of which you said “I could do this”",
        "school: request.host.name; subject: request.get_subject_display; said: at; what you added: note",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "offer to help"
        verbose_name_plural = "offers to help"
        constraints = [models.UniqueConstraint("request", "post", name="help_offer_once")]

    def __str__(self) -> str:
        return f"{self.post.name} could do {self.request.reference}"

    def get_absolute_url(self) -> str:
        return reverse("placements:looking", args=[self.request_id])
