"""Role training is recorded and taken off; a training co-ordinator is named, replaced, ended (R-3.11, R-3.21)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from astcoord.core import audit
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post
from staff.training import emails, permissions, rules
from staff.training.lifecycle import Topic
from staff.training.models import RoleTraining, TrainingCoordinator
from staff.training.reads import may_be_named


@transaction.atomic
def record(*, post: Post, topics: Collection[str], on: date, by: User) -> list[RoleTraining]:
    """One training on a day, about one topic or several. The post is locked, so that a topic is recorded once."""
    locked = Post.objects.locked(post.pk)
    require(permissions.can_keep(by, locked), say("record this AST’s training"))
    held = set(RoleTraining.objects.filter(post__user=locked.user_id).values_list("topic", flat=True))
    now = today()
    refuse(rules.recorded_problems(topics, on, today=now, held=held, in_post=locked.is_in_post(now)))
    found = []
    for topic in Topic.values:
        if topic in topics:
            row = RoleTraining.objects.create(post=locked, topic=topic, on=on, recorded_by=by)
            audit.record("role training: recorded", row, by=by, after={"topic": Topic(topic).label, "on": on})
            found.append(row)
    return found


@transaction.atomic
def take_off(*, training: RoleTraining, by: User) -> None:
    """It was recorded by mistake, or of a wrong day; its history keeps what it said."""
    locked = Post.objects.locked(training.post_id)
    require(permissions.can_keep(by, locked), "take this training off")
    row = RoleTraining.objects.filter(pk=training.pk).first()
    if row is None:
        raise Refused([Problem("This training has been taken off already", "", "R-3.11", "gone")])
    audit.record("role training: taken off", row, by=by, before={"topic": row.get_topic_display(), "on": row.on})
    row.delete()


@transaction.atomic
def name(*, user: User, by: User) -> TrainingCoordinator:
    """From today; whoever held it holds it no longer."""
    require(is_coordinator(by), say("name the training co-ordinator"))
    held = TrainingCoordinator.objects.select_for_update().current().first()
    may = {each.pk for each in may_be_named(today())}
    refuse(rules.named_problems(user.pk, may=may, held=held.user_id if held else None))
    if held:
        _end(held, by=by)
    row: TrainingCoordinator = TrainingCoordinator.objects.create(user=user, since=today())
    audit.record("training co-ordinator: named", row, by=by, after={"who": user.name})
    emails.named(row)
    return row


@transaction.atomic
def end(*, row: TrainingCoordinator, by: User) -> TrainingCoordinator:
    """Nobody holds it until another is named. A second call changes nothing."""
    require(is_coordinator(by), say("end the training co-ordinator’s task"))
    held: TrainingCoordinator = TrainingCoordinator.objects.select_for_update().get(pk=row.pk)
    return held if held.ended_on else _end(held, by=by)


def _end(held: TrainingCoordinator, *, by: User | None) -> TrainingCoordinator:
    held.ended_on = today()
    held.save(update_fields=["ended_on"])
    audit.record("training co-ordinator: ended", held, by=by)
    emails.ended(held)
    return held
