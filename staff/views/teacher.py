"""An AST's own way to the own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from astcoord.core.access import access
from astcoord.core.roles import Role
from staff.models import Post


@access(Role.AST)
def own(request: HttpRequest) -> HttpResponse:
    """The page of the post that this AST holds."""
    post = Post.objects.in_post().filter(user=request.user).order_by("-starts_on").first()
    if post is not None:
        return redirect("staff:post", post.pk)
    return render(request, "staff/no_post.html")
