"""Of how many ASTs the own head has been told what their outreach is worth, and whose has not (R-12.2)."""

from collections import Counter
from datetime import date

from django.urls import reverse

from astcoord.core.words import say, say_later
from evaluation.performance import rules
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.querysets import counted_in
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from staff.figures.reads.sheets import Sheet, Table
from staff.posts.models import Post

TITLE = "Outreach judgements: who has one"
NOTE = say_later(
    "Counted are ASTs in post today, or on the last day of a school year that is over; of every phase. Issued is what "
    "the school holds: a draft, or what was withdrawn, does not count."
)


def missing(year: AcademicYear, today: date) -> list[Post]:
    """ASTs of whom no judgement stands. One query."""
    held = OutreachJudgement.objects.stand().filter(year=year).values("post")
    posts = counted_in(year, today).exclude(pk__in=held)
    return list(posts.select_related("user", "home").order_by("user__name_key", "pk"))


def sheet(year: AcademicYear | None, today: date) -> Sheet:
    """As page, file and paper. Three queries."""
    if year is None:
        return Sheet("outreach-judgements", TITLE, (), empty="No school year has been entered yet.")
    phases = Counter(counted_in(year, today).order_by().values_list("home__phase", flat=True))
    without = missing(year, today)
    drafts = OutreachJudgement.objects.drafts().filter(year=year, post__in=[each.pk for each in without])
    begun = dict(drafts.values_list("post_id", "pk"))
    asts = phases.total()
    return Sheet(
        name="outreach-judgements",
        title=TITLE,
        tables=(_named(without, begun, year), _by_phase(phases, without)) if asts else (),
        chosen=(("School year", str(year)),),
        lead=rules.share_words(asts, asts - len(without)),
        notes=(NOTE,) if asts else (),
        empty="There is nobody to count.",
    )


def _named(without: list[Post], begun: dict[int, int], year: AcademicYear) -> Table:
    rows = tuple(
        (each.name, each.home.name, each.home.get_phase_display(), "Draft" if each.pk in begun else "Not begun")
        for each in without
    )
    links = tuple(
        reverse("evaluation:judgement", args=[begun[each.pk]])
        if each.pk in begun
        else f"{reverse('evaluation:outreach_evidence', args=[each.pk])}?year={year.slug}"
        for each in without
    )
    header = (say("AST"), "School", "Phase", "State")
    return Table("csv", f"{say('ASTs')} without one: {len(rows)}", header, rows, links=links, words=4)


def _by_phase(phases: Counter[str], without: list[Post]) -> Table:
    waiting = Counter(each.home.phase for each in without)
    rows = tuple(
        (str(label), phases[code], phases[code] - waiting[code]) for code, label in Phase.choices if phases[code]
    )
    total = ("All", phases.total(), phases.total() - len(without))
    return Table("phases", "By phase of the school", ("Phase", say("ASTs"), "Issued"), rows, total=total)
