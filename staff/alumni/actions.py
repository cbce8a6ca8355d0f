"""Somebody who leaves says what the board of former ASTs may show, and takes it away again (R-3.17)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, policy
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.alumni import emails, permissions, rules
from staff.alumni.models import AlumniEntry
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post

ASKED_WITHIN = timedelta(days=60)
"""Who left longer ago, as before this was switched on, is not written to†."""
NOTHING = {"on_board": False, "with_name": False, "reach": "", "now": "", "offers": ""}


@transaction.atomic
def answer(*, post: Post, wish: bool, shows: Collection[str], texts: Mapping[str, str], by: User) -> AlumniEntry:
    """Yes, with what may be shown, or no. What was not ticked is not kept. Words stand in no trail."""
    locked = Post.objects.locked(post.pk)
    if not permissions.can_say(by, locked):
        raise PermissionDenied(say("say what the board of former ASTs shows"))
    refuse(rules.wish_problems(wish=wish, shows=shows, texts=texts))
    entry, _ = AlumniEntry.objects.get_or_create(post=locked)
    said = {name: texts.get(name, "").strip() if wish and name in shows else "" for name in rules.TEXTS}
    entry.on_board, entry.with_name = wish, wish and "name" in shows
    for name, text in said.items():
        setattr(entry, name, text)
    entry.answered_on = today()
    entry.save(update_fields=[*NOTHING, "answered_on"])
    audit.record("Board of former ASTs: answered", locked, by=by, after={"on the board": wish})
    return entry


@transaction.atomic
def remove(*, post: Post, by: User) -> AlumniEntry:
    """Off the board at once, and what it said is gone. Taken away by the office, the person's link ends, too."""
    locked = Post.objects.locked(post.pk)
    if not permissions.can_remove(by, locked):
        raise PermissionDenied(say("take somebody off the board of former ASTs"))
    entry = AlumniEntry.objects.filter(post=locked, on_board=True).first()
    if entry is None:
        raise Refused([Problem("This is off the board already", "", "R-3.17", "gone")])
    for name, value in NOTHING.items():
        setattr(entry, name, value)
    if by.pk != locked.user_id:
        entry.link_version += 1
    entry.save(update_fields=[*NOTHING, "link_version"])
    audit.record("Board of former ASTs: taken off", locked, by=by, after={"on the board": False})
    return entry


def write_due(on: date) -> int:
    """Nightly, where the board is switched on: who has left gets the own link, once. How many; repeat-safe."""
    if not policy.in_force(on).alumni:
        return 0
    left = Post.objects.filter(status=PostStatus.LEFT, ends_on__gte=on - ASKED_WITHIN, user__is_active=True)
    return each(left.exclude(alumni_entry__link_sent_on__isnull=False), lambda post: _write(post, on))


@transaction.atomic
def send_link(*, entry: AlumniEntry) -> AlumniEntry:
    """A fresh link, asked for by whoever holds one that is too old; it goes to the person's own address."""
    emails.send_link(entry, today())
    return entry


def _write(post: Post, on: date) -> bool:
    locked = Post.objects.locked(post.pk)
    entry, _ = AlumniEntry.objects.get_or_create(post=locked)
    refused = entry.answered_on is not None and not entry.on_board
    if entry.link_sent_on is not None or locked.status != PostStatus.LEFT or refused:
        return False
    entry.link_sent_on = on
    entry.save(update_fields=["link_sent_on"])
    emails.send_link(entry, on)
    return True
