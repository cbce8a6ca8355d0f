"""A part of an initial consultation is filled in, or changed (R-8.18)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.problems import refuse
from placements.activities.models import InreachAgreement
from placements.consultations import permissions, rules
from placements.consultations.lifecycle import ANSWERS
from placements.consultations.models import Consultation
from placements.consultations.permissions import About
from staff.accounts.models import User


@transaction.atomic
def fill_in(*, about: About, side: str, by: User, answers: dict[str, str]) -> Consultation:
    """Save one part whole. The other part stays; nobody is asked to sign."""
    if not permissions.can_fill(by, about, side):
        raise PermissionDenied("fill in an initial consultation")
    refuse(rules.part_problems(side, answers))
    type(about).objects.select_for_update(of=("self",)).get(pk=about.pk)  # two who begin it at once: one form
    way = "inreach" if isinstance(about, InreachAgreement) else "placement"
    form = Consultation.objects.filter(**{way: about}).first() or Consultation(**{way: about})
    for name in ANSWERS[side]:
        setattr(form, name, answers[name].strip())
    setattr(form, f"{side}_by", by)
    setattr(form, f"{side}_at", timezone.now())
    form.save()
    audit.record(f"initial consultation: {side}’s part filled in", about, by=by)
    return form
