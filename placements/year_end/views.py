"""The page that guides through the turn of the year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.ui.submit import form_page, sent, submit
from placements.year_end import actions, reads
from placements.year_end.forms import OpenYearForm


@access(Role.COORDINATOR)
def open_year(request: Request) -> HttpResponse:
    """The coming school year: what it begins with, what is left of the one before, and the button.

    In spring, and for an authority's first year, it says that there is none to open.
    """
    slug = reads.slug_to_open(today())
    found = reads.opening(slug) if slug else None
    if slug is None or found is None:
        return render(request, "placements/year_end/none.html")
    form = OpenYearForm(sent(request), found=found)
    done = submit(form, lambda _: actions.open_year(slug=slug, go_on=form.chosen, by=request.user))
    if done:
        go_on = counted(done.result.priorities, "priority goes", "priorities go")
        messages.success(request, f"{found.name} is open. {go_on} on." if found.ending else f"{found.name} is open.")
        return redirect("home")
    return form_page(
        request,
        form,
        title=f"Open the school year {found.name}",
        template="placements/year_end/open.html",
        found=found,
    )
