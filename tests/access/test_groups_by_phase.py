"""A consultant's group is one of subjects and phases, in every room that asks for it (R-3.4)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

from schools.register.lifecycle import Phase
from staff.accounts.models import RoleAssignment, User
from tests.access.sides import World

pytestmark = pytest.mark.django_db

OF_NO_PHASE = {
    "evaluation.Material": "the library: each is of a subject",
    "placements.DecidingGroup": "networks of a subject",
    "placements.GroupMember": "as their group",
    "placements.GroupMeeting": "as their group",
    "staff.NetworkMeeting": "of a subject, a phase, a cluster or all; the invitations are of the group",
    "staff.CpdOffer": "of a subject",
    "staff.AlumniEntry": "the board of former ASTs, every consultant’s, and asked for by the day",
}
"""What a consultant reads by the subject alone."""
NONE = "business"


@pytest.fixture
def group(world: World) -> RoleAssignment:
    return world.users["consultant"].roles.get()


def seen(group: RoleAssignment, *, subjects: tuple[str, ...], phases: tuple[str, ...]) -> dict[str, set[Any]]:
    """Every row of every model that this consultant would see, by the model."""
    RoleAssignment.objects.filter(pk=group.pk).update(subjects=subjects, phases=phases)
    user = User.objects.get(pk=group.user_id)
    return {label: set(rows.visible_to(user).values_list("pk", flat=True)) for label, rows in scoped()}


def scoped() -> Iterator[tuple[str, Any]]:
    for model in apps.get_models():
        if hasattr(model._default_manager, "visible_to") and model._meta.label not in OF_NO_PHASE:
            yield model._meta.label, model._default_manager


def test_r_3_4_a_consultant_of_another_phase_sees_no_more_than_one_of_another_subject(group: RoleAssignment) -> None:
    mine = tuple(group.subjects)
    strangers = seen(group, subjects=(NONE,), phases=())
    own = seen(group, subjects=mine, phases=())
    assert seen(group, subjects=mine, phases=(Phase.POST16,)) == strangers
    assert seen(group, subjects=mine, phases=tuple(Phase.values)) == own
    narrowed = {label for label in own if own[label] != strangers[label]}
    assert len(narrowed) > 15, "rooms that ask for the group"


def test_r_3_4_the_phase_of_a_placement_is_the_asts_and_that_of_a_request_the_hosts(
    world: World, group: RoleAssignment
) -> None:
    placement = world.ours.placement
    type(placement.home).objects.filter(pk=placement.home_id).update(phase=Phase.SECONDARY)
    type(placement.host).objects.filter(pk=placement.host_id).update(phase=Phase.PRIMARY)
    mine = tuple(group.subjects)
    secondary = seen(group, subjects=mine, phases=(Phase.SECONDARY,))
    primary = seen(group, subjects=mine, phases=(Phase.PRIMARY,))
    asked = placement.request_id
    assert placement.pk in secondary["placements.Placement"] - primary["placements.Placement"]
    assert placement.post_id in secondary["staff.Post"] - primary["staff.Post"]
    assert asked in primary["placements.OutreachRequest"] - secondary["placements.OutreachRequest"]
