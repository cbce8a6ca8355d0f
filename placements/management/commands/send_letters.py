"""`send_letters --term autumn-2026 [--preview DIR]`: build a term's round of letters and queue it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from astcoord.core import documents, policy
from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from placements.letters import actions
from placements.letters import documents as paper
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import LetterRound
from placements.letters.reads import LetterState, progress
from schools.calendar.models import Term
from schools.register.models import School


class Command(OurCommand):
    help = (
        "Build the round of availability letters of a term, one letter for each school served, and queue those that "
        "go by e-mail; a worker sends them. Safe to repeat: no school gets a second copy. Letters to schools without "
        "an e-mail address wait on the round's page to be printed and posted. With --preview the letters are written "
        "as PDF files and nothing is stored or sent. Last line: letters=N queued=N already=N, where already counts "
        "the letters that an earlier run queued."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--term", required=True, metavar="SLUG", help="such as autumn-2026")
        parser.add_argument("--preview", type=Path, metavar="DIR", help="write PDF files here and send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        term = Term.objects.filter(slug=options["term"]).select_related("year").first()
        if term is None:
            known = ", ".join(Term.objects.order_by("starts_on").values_list("slug", flat=True))
            raise CommandError(
                f"There is no term “{options['term']}”. "
                + (f"Choose one of: {known}." if known else "Enter the school year first: load_calendar.")
            )
        if options["preview"]:
            self.preview(term, options["preview"])
        else:
            self.send(term)

    def send(self, term: Term) -> None:
        """Build what is not built, approve what is not approved, and count."""
        try:
            built = actions.build_round(term=term, by=None)
            if built.status == RoundStatus.CANCELLED:
                raise CommandError(f"The letters of {term.name} were cancelled. Prepare new ones on the letters page.")
            before = _queued(built)
            if built.status == RoundStatus.BUILT:
                actions.approve_round(letter_round=built, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        now = progress(built)
        if to_post := now.of(LetterState.TO_POST):
            self.stdout.write(f"{to_post} to print and post: these schools have no e-mail address on file.")
        self.stdout.write(f"letters={now.total} queued={_queued(built) - before} already={before}")

    def preview(self, term: Term, folder: Path) -> None:
        """Each school's letter as it would be today."""
        folder.mkdir(parents=True, exist_ok=True)
        facts, title, now = paper.round_facts(term), paper.title(term), timezone.now()
        schools = School.objects.served(policy.in_force()).by_name()
        signed_by, ways = paper.signatory(None), paper.ways_in()
        for school in schools:
            own = paper.school_facts(school, signed_by=signed_by, sign_in_as=ways.get(school.pk, ""))
            page = documents.preview(paper.KIND, title=title, facts={**facts, **own}, on=now)
            (folder / f"{school.urn}.pdf").write_bytes(page)
        self.stdout.write(f"Written to {folder}; nothing was stored or sent.")
        self.stdout.write(f"letters={len(schools)} queued=0 already=0")


def _queued(letter_round: LetterRound) -> int:
    """Letters that go by e-mail, whatever has become of them."""
    return letter_round.letters.filter(message__isnull=False).count()
