"""An outreach judgement on paper: addressed to the AST's own headteacher, frozen as it is issued (R-15.13)."""

from typing import Any

from astcoord.core import documents, protected
from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.wording import date_words
from astcoord.core.words import say
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.reads.pack import names_of, pack
from staff.accounts.models import User
from staff.quality.lifecycle import WITH_AST
from staff.quality.models import QaVisit

KIND = "outreach-judgement"


def title_of(row: OutreachJudgement) -> str:
    """What the file is called."""
    return f"Outreach judgement, {row.post.name}, {str(row.year).replace('/', '-')}, version {row.version}"


def freeze(row: OutreachJudgement, *, by: User) -> Document:
    """What is issued, as it will read for ever."""
    return documents.freeze(KIND, title=title_of(row), facts=facts_of(row, by=by), about=row, by=by)


def facts_of(row: OutreachJudgement, *, by: User) -> dict[str, Any]:
    """Everything that the paper says. Of QA visits the outcome only where the AST lets the headteacher read it."""
    post, school = row.post, row.home or row.post.home
    head = f"{school.head_name}, headteacher" if school.head_name else "The headteacher"
    sections = pack(post, row.year, today(), reads_report=for_the_head)
    names = names_of(post)
    targets = [
        {"text": each.objective.text, "criterion": each.objective.criterion, "reached": each.get_reached_display()}
        | {"evidence": each.evidence}
        for each in row.targets.select_related("objective")
    ]
    return {
        **documents.letterhead(),
        "to": [head, school.name],
        "about": [
            [say("Advanced Skills Teacher"), post.name],
            ["School year", str(row.year)],
            ["Version", str(row.version)],
            ["Issued", date_words(today())],
        ],
        "targets": protected.cleaned(targets, names),
        "judgement": row.judgement,
        "development": row.development,
        "evidence": [[each.title, [list(line) for line in each.rows]] for each in sections],
        "signed_by": by.name,
    }


def for_the_head(visit: QaVisit) -> bool:
    """The letter is the headteacher's: section G* holds there, too."""
    return visit.head_may_read and visit.status in WITH_AST
