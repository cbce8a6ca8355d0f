"""What of accounts and lists hangs on a post: its own room's part of what the pages of changes show (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.wording import date_words
from staff.posts.actions.leaving import roles_of
from staff.posts.events import LEAVING, Leaving


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """The role that ends with the post, and where the AST is named until then."""
    if event.last_day is None:
        return
    until = date_words(event.last_day)
    post = event.post
    mine = roles_of(post, ends_on=post.ends_on)
    others = [role for role in post.user.roles.not_over(event.last_day) if role not in mine]
    opens = "The account stays open for the other roles" if others else "The account stays, and opens nothing any more"
    for role in mine:
        yield Hanging(f"Role: {role}", f"Ends on {until}. {opens} after that day.")
    yield Hanging("What ASTs can help with, letters, matching and plans", f"Named there until {until}")


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("The AST", of_leaving, order=90)
