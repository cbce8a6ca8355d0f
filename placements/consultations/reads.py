"""An initial consultation as page and paper show it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from astcoord.core.wording import date_words
from placements.activities.models import InreachAgreement
from placements.consultations.lifecycle import ANSWERS, Side
from placements.consultations.models import Consultation
from placements.consultations.permissions import About


@dataclass(frozen=True)
class PartShown:
    """One part: its questions with what was answered, and who saved it when; `said` is empty while nobody has."""

    side: str
    title: str
    answers: list[list[str]]
    said: str


def consultation_of(about: About) -> Consultation | None:
    """The form of a placement or of an agreement on inreach; None while nobody has begun it."""
    way = "inreach" if isinstance(about, InreachAgreement) else "placement"
    return Consultation.objects.filter(**{way: about}).select_related("school_by", "ast_by").first()


def parts_of(form: Consultation | None, tell: Callable[[str], str]) -> list[PartShown]:
    """Both parts; `tell` takes out names for readers who may not know them."""
    shown = form or Consultation()
    return [
        PartShown(
            side, str(Side(side).label), [[_question(n), tell(getattr(shown, n))] for n in names], _said(shown, side)
        )
        for side, names in ANSWERS.items()
    ]


def _question(name: str) -> str:
    words = str(Consultation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return f"{words[0].upper()}{words[1:]}"


def _said(form: Consultation, side: str) -> str:
    by, at = getattr(form, f"{side}_by"), getattr(form, f"{side}_at")
    return f"{by}, {date_words(timezone.localdate(at))}" if at else ""
