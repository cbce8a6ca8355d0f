"""What two placements cost; and where the policy has the screen, estimates with an offer of help in every state."""

from datetime import timedelta
from decimal import Decimal

from astcoord.core import policy
from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.estimates import actions, reads
from evaluation.estimates.actions import ESTIMATES
from evaluation.estimates.models import Estimate, Offer
from evaluation.results.lifecycle import Measure
from evaluation.value import actions as value
from placements.placement.lifecycle import PLACEMENT_OVER
from placements.placement.models import Placement
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject

COSTS = ((Decimal(1180), "Cover for the AST’s classes on eight days"), (Decimal(960), "Cover on six days, and travel"))
OFFERED = (("74", "66", 28), ("71", "64", 30), ("69", "63", 9), ("78", "72", 45), ("76", "70", 52))
NOT_OFFERED = (("73", "70", 31), ("70", "76", 29))
"""Estimate, result and pupils of one school after another. The last lies over its estimate."""


def tell(scene: Scene) -> None:
    """The office has entered what two placements cost, and looks for departments that might welcome support."""
    placements = Placement.objects.filter(status__in=PLACEMENT_OVER, ended_on__isnull=False).order_by("pk")
    with days.on(scene.today, 8, 30):
        for placement, (amount, covers) in zip(placements, COSTS, strict=False):
            value.enter(placement=placement, amount=amount, covers=covers, by=scene.administrator)
    if policy.in_force(scene.today).fft_screen:
        _screen(scene)


def _screen(scene: Scene) -> None:
    """Estimates of the last summer: one offer lapsed, three were answered or withdrawn, and one is new."""
    long_ago = scene.today - actions.ANSWER_WITHIN - timedelta(days=4)
    with days.on(long_ago, 9):
        rows = [_entered(scene, *each) for each in zip(_free(scene), (*OFFERED, *NOT_OFFERED), strict=False)]
        _lapses, accepted, declined, withdrawn = [_offer(scene, row) for row in rows[:4]]
    with days.on(long_ago + timedelta(days=5), 16):
        actions.accept(offer=accepted, by=_head(scene, accepted))
        actions.decline(offer=declined, because="figures", by=_head(scene, declined))
        actions.withdraw(offer=withdrawn, by=scene.administrator)
    with days.on(scene.today, 5):
        actions.lapse_due(scene.today)
    with days.on(scene.today, 9):
        _offer(scene, rows[4])


def _entered(scene: Scene, school: School, figures: tuple[str, str, int]) -> Estimate:
    """The last summer's, of mathematics."""
    year = scene.today.year if scene.today.month >= reads.NEW_YEAR else scene.today.year - 1
    said = {"subject": Subject.MATHEMATICS, "measure": Measure.KS2_MATHS, "year": year}
    estimate, actual, pupils = figures
    numbers = {"value": Decimal(estimate), "actual": Decimal(actual), "pupils": pupils}
    return ESTIMATES.save(by=scene.administrator, school=school, **said, **numbers)


def _offer(scene: Scene, row: Estimate) -> Offer:
    return actions.make(school=row.school, subject=row.subject, year=row.year, by=scene.administrator)


def _free(scene: Scene) -> list[School]:
    """Primary schools with a headteacher who has not asked for help in mathematics."""
    found = (scene.schools[urn] for urn in sorted(scene.heads))
    primary = (school for school in found if school.phase == Phase.PRIMARY and school.is_open)
    return [school for school in primary if not reads.open_request(school.pk, Subject.MATHEMATICS)]


def _head(scene: Scene, offer: Offer) -> User:
    return next(head for urn, head in scene.heads.items() if scene.schools[urn].pk == offer.school_id)
