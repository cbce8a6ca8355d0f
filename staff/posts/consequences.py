"""What of accounts and lists hangs on a post: its own room's part of what the pages of changes show (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.problems import Problem
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say
from staff.accounts import reads as accounts
from staff.accounts.events import Merging
from staff.accounts.models import RoleAssignment, User
from staff.posts.actions.leaving import roles_of
from staff.posts.events import LEAVING, MOVING, Leaving, Moving
from staff.posts.models import Post


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
    yield Hanging(say("What ASTs can help with, letters, matching and plans"), f"Named there until {until}")


def of_moving(event: Moving) -> Iterator[Hanging]:
    """The role, the heads, the outreach time; the year's days are the AST's and stay."""
    on = date_words(event.on)
    heads = RoleAssignment.objects.heads_of(event.home, max(event.on, event.today)).exists()
    yield Hanging("Role", f"{say('Advanced Skills Teacher')} at {event.home.name} from {on}")
    yield Hanging(
        f"The headteacher of {event.left.name}",
        f"Sees the post and {say('its placements')} until {on}. What was signed stays.",
    )
    may_come = not heads and event.home.pk in accounts.may_come(event.today)
    if heads:
        words = f"Sees, arranges cover and signs from {on}, and is told of it by e-mail."
    elif may_come:
        words = "Has no account yet, and gets one on signing in with the own address that you have entered."
    else:
        words = "Has no account: invite one, or the school’s own address is written to and nobody can answer."
    yield Hanging(f"The headteacher of {event.home.name}", words, undecided=not (heads or may_come))
    yield Hanging("Outreach time", "Stays as it is until the new headteacher sets it anew.")
    yield Hanging("The year’s days", say("Stay as they are: budget, contracts and what is used are the AST’s."))


def register() -> None:
    """Called when the software starts."""
    MOVING.register(say("The AST and the schools"), of_moving, order=90)
    LEAVING.register(say("The AST"), of_leaving, order=90)
    ADOPTING.register(say("AST posts"), of_adopting, order=10)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """More ASTs than there are to be: they stay (R-14.4, R-16.1). One query."""
    most = event.after.capacity
    if most is None or most == event.before.capacity:
        return
    held = Post.objects.in_post_from(event.today).count()
    if held > most:
        yield Hanging(f"{counted(held, 'AST')} in post, {most} at most", "All stay. Nobody more without a reason")


def merged(event: Merging) -> Iterator[Hanging]:
    """Posts of an account that is merged into another one, with all that hangs on them. One query."""
    for post in Post.objects.filter(user=event.other).select_related("home").order_by("pk"):
        what = f"{post.home.name}, {post.get_status_display()}"
        yield Hanging(what, say("Goes over, with profile, time, matches, placements, diary and reviews"))


def carry_merged(event: Merging, by: User | None) -> None:
    """The posts' own rows follow them."""
    event.move(Post.objects.filter(user=event.other), "user")


def merging_problems(event: Merging) -> list[Problem]:
    """One person has one post at a school. One query."""
    held = Post.objects.current().select_related("home")
    mine = set(held.filter(user=event.keep).values_list("home_id", flat=True))
    both = [post.home.name for post in held.filter(user=event.other) if post.home_id in mine]
    words = say("Both accounts have an AST post at {}. Record first that one of the two has ended.")
    return [Problem(words.format(name), "email", "R-17.7") for name in both]
