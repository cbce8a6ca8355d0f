"""Who hears that an AST moves to another home school: both heads and the AST (R-17.7)."""

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school
from staff.posts.models import PostMove


def moves(move: PostMove, *, by: User | None) -> None:
    """From which day, and what that means for each."""
    _tell(move, "ast-moves", by=by)


def stays(move: PostMove, *, by: User | None) -> None:
    """The move does not come."""
    _tell(move, "ast-stays", by=by)


def _tell(move: PostMove, kind: str, *, by: User | None) -> None:
    heads = [*heads_or_school(move.left, today()), *heads_or_school(move.home, today())]
    readers = {reader.email: reader for reader in [*heads, Reader.of(move.post.user)]}
    for reader in readers.values():
        if by is None or reader.email != by.email:
            key = f"{kind}:{move.pk}:{move.home_id}:{move.on}:{reader.key}"
            emails.send(f"staff/posts/emails/{kind}.txt", to=reader, key=key, about=move.post, move=move)
