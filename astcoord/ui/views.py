"""The pages about the service itself, the closed doors of the sign-in package, and the gallery."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from astcoord.core import search as searching
from astcoord.core.access import Request, public, signed_in
from astcoord.ui import gallery, navigation


@public("sign-in starts here: a code by email, never a password")
def sign_in(request: Request, rest: str = "") -> HttpResponse:
    """To the page that sends a code, with where the person wanted to go."""
    query = request.GET.urlencode()
    return redirect(reverse("account_request_login_code") + (f"?{query}" if query else ""))


@public("what the service does for people with disabilities must be open to all")
def accessibility(request: Request) -> HttpResponse:
    return render(request, "ui/accessibility.html")


@public("what is kept about people must be open to all")
def privacy(request: Request) -> HttpResponse:
    return render(request, "ui/privacy.html")


@signed_in
def more(request: Request) -> HttpResponse:
    """What is needed now and then, in groups, with a line on each."""
    return render(request, "ui/more.html", {"groups": navigation.more_for(request.user)})


@signed_in
def search(request: Request) -> HttpResponse:
    """One search for everything the reader may read; a number such as R12 leads straight there (R-20.1)."""
    text = searching.tidy(request.GET.get("q", ""))
    if address := searching.address_of(request.user, text):
        return redirect(address)
    groups = searching.groups(request.user, text)
    context = {
        "searched": text,
        "groups": groups,
        "total": sum(group.hits.total for group in groups),
        "kinds": [kind.noun for kind in searching.kinds()],
        "reference": searching.reference_in(text),
    }
    return render(request, "ui/search.html", context)


@signed_in
def design(request: Request) -> HttpResponse:
    """Every component in every state, for those who build and those who check."""
    return render(request, "ui/gallery.html", gallery.context(request))
