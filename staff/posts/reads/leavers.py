"""Who has left in a school year, where to, and who was kept, by the phase of the home school (R-3.16)."""

from dataclasses import dataclass, field
from datetime import date

from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from staff.posts.lifecycle import Destination, PostStatus
from staff.posts.models import Post

UNSAID = "Not recorded"


@dataclass
class PhaseRow:
    """ASTs of one phase, or of all: held the post at any time of the year, left in it, where to."""

    label: str
    held: int = 0
    to_leave: int = 0
    to: dict[str, int] = field(default_factory=lambda: dict.fromkeys([*Destination.labels, UNSAID], 0))

    @property
    def left(self) -> int:
        return sum(self.to.values())

    @property
    def kept(self) -> str:
        """The part that has not left, as a percentage."""
        return f"{round(100 * (self.held - self.left) / self.held)}%" if self.held else ""

    def cells(self, destinations: list[str]) -> list[str | int]:
        """A line of the table and of the file."""
        return [self.label, self.held, self.left, self.kept, self.to_leave, *(self.to[name] for name in destinations)]


@dataclass(frozen=True)
class Report:
    """One school year. `leavers` are those who have left or will, in the order of their last days."""

    destinations: list[str]
    rows: list[PhaseRow]
    total: PhaseRow
    leavers: list[Post]

    @property
    def header(self) -> list[str]:
        return ["Phase", "In post in the year", "Left", "Kept", "Will leave", *self.destinations]


def report(year: AcademicYear, today: date) -> Report:
    """One query. Whoever holds two posts counts twice: posts are counted, as they are funded."""
    ever = Post.objects.filter(status__in=(PostStatus.IN_POST, PostStatus.LEFT), starts_on__lte=year.ends_on)
    held = ever.exclude(ends_on__lt=year.starts_on).select_related("user", "home")
    by_phase: dict[str, PhaseRow] = {}
    total, leavers = PhaseRow("All phases"), []
    for post in held.order_by("ends_on", "user__name_key", "pk"):
        row = by_phase.setdefault(post.home.phase, PhaseRow(str(post.home.get_phase_display())))
        leaves = post.ends_on is not None and post.ends_on <= year.ends_on
        if leaves:
            leavers.append(post)
        for each in (row, total):
            _count(each, post, leaves=leaves, today=today)
    order = [phase.value for phase in Phase]
    destinations = [name for name in total.to if name != UNSAID or total.to[UNSAID]]
    rows = [by_phase[phase] for phase in sorted(by_phase, key=order.index)]
    return Report(destinations, rows, total, leavers)


def _count(row: PhaseRow, post: Post, *, leaves: bool, today: date) -> None:
    row.held += 1
    if leaves and post.ends_on is not None and post.ends_on < today:
        row.to[str(post.get_left_to_display()) or UNSAID] += 1
    elif leaves:
        row.to_leave += 1
