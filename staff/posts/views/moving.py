"""The pages of a post that goes on at another home school (R-17.7)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui.submit import reason_page, sent
from staff.posts.actions import moving
from staff.posts.events import MOVING, Moving
from staff.posts.forms.changes import MovingForm
from staff.posts.models import Post, PostMove
from staff.posts.views.changing import change_page, post_url


@access(Role.COORDINATOR)
def move(request: Request, pk: int) -> HttpResponse:
    """Another home school from a day on; a move to come is changed here, too."""
    post = get_object_or_404(Post.objects.select_related("user", "home"), pk=pk)
    coming = post.moves.filter(done=False).select_related("home").first()
    now = today()
    return change_page(
        request,
        MovingForm(sent(request), coming=coming),
        post,
        check=lambda answers: moving.problems(post=post, **answers),
        sections=lambda answers: MOVING.sections(Moving(post, post.home, answers["home"], answers["on"], now)),
        act=lambda answers: moving.record(post=post, by=request.user, **answers),
        stored=(post.home_id, coming.home_id if coming else 0, coming.on if coming else None),
        title="Move to another home school",
        confirm="Record the move",
        done=lambda answers: f"{post.name} belongs to {answers['home'].name} from {date_words(answers['on'])}.",
        known=MOVING.sections(Moving(post, post.home, coming.home, coming.on, now)) if coming else [],
        lead=(
            f"The home school is {post.home.name}. The post, its days and {say('its placements')} go on at the new one."
        ),
        after=("The move does not come: take it back", "staff:post_move_back", coming.pk) if coming else (),
    )


@access(Role.COORDINATOR)
def move_back(request: Request, pk: int) -> HttpResponse:
    """A move to come does not come."""
    coming = get_object_or_404(PostMove.objects.select_related("post__user", "post__home", "home"), pk=pk)
    return reason_page(
        request,
        lambda reason: moving.take_back(move=coming, reason=reason, by=request.user),
        title="Take the move back",
        done=f"{coming.post.name} stays at {coming.post.home.name}. Both schools and {say('the AST')} are told.",
        to=post_url(coming.post_id),
        caption=coming.post.name,
        back=("Back", "staff:post_move", coming.post_id),
        lead=f"To {coming.home.name} from {date_words(coming.on)}.",
    )
