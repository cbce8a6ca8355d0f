"""The own career of a side's AST: job descriptions, one agreed and one that waits for both; a team; what is asked;
judgements; development.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from evaluation.performance import documents as letters
from evaluation.performance.models import OutreachJudgement
from evaluation.training.models import TrainingStatement
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.descriptions import documents
from staff.descriptions.models import JobDescription, JobObjective
from staff.peers.models import PeerObservation
from staff.posts.models import Post
from staff.questionnaires.models import Questionnaire
from staff.teams.models import Team
from staff.training.models import RoleTraining, TrainingCoordinator
from staff.working_groups.models import GroupAction, WorkingGroup
from tests.access.sides import Side

AGREED = date(2026, 9, 14)
FAR = "Felix Underbrook"


def written_of(side: Side, by: User) -> None:
    """Written by the head and agreed; then by the co-ordinator for the head, and put to both."""
    both = {"head_agreed_by": side.home_head, "head_agreed_on": AGREED, "ast_agreed_on": AGREED, "agreed_on": AGREED}
    agreed = _description(side, 1, f"{side.mark}DUTY", status="in_force", written_by=side.home_head, **both)
    documents.freeze(JobDescription.objects.whole().get(pk=agreed.pk), by=side.ast)
    waiting = _description(
        side, 2, f"{side.mark}NEWJOB", status="put", written_by=by, to_change=f"{side.mark}NEWJOB of before"
    )
    objective = JobObjective.objects.get(responsibility__description=waiting)
    team = Team.objects.create(school=side.home, lead=side.post, name=f"{side.mark}TEAM", aim=f"{side.mark}TEAM aims")
    team.members.add(side.post)
    _judged_of(side, by, objective=JobObjective.objects.get(responsibility__description=agreed))
    side.things |= {"team": team, "agreed description": agreed, "description": waiting, "job objective": objective}
    _asked(side)
    _watched(side)


def _asked(side: Side) -> None:
    """A questionnaire to this AST alone, who has answered it."""
    said = {"title": f"{side.mark}ASKSASTS", "intro": f"{side.mark}ASKSASTS"}
    row = Questionnaire.objects.create(closes_on=date(2026, 12, 1), sent_on=AGREED, status="open", **said)
    question = row.questions.create(text="What would help?", kind="text")
    invitation = row.invitations.create(post=side.post, answered_on=AGREED)
    invitation.answers.create(question=question, said=f"{side.mark}ANSWERS")
    side.things |= {"questionnaire": row, "question": question, "invitation": invitation}


def _watched(side: Side) -> None:
    """An AST who has nothing to do with either side was watched by this one."""
    far = Post.objects.get(user__name=FAR)
    said = {"asked_by": far.user, "asked_on": AGREED, "kind": "phase", "status": "done", "on": AGREED}
    side.things["peer observation"] = PeerObservation.objects.create(
        observer=side.post, observed=far, focus=f"{side.mark}WATCHES", observed_notes=f"{side.mark}NOTESIT", **said
    )


def developed(side: Side, by: User) -> None:
    """The AST was trained, co-ordinated training once, logs what came of an offer, and works in a group."""
    said = {"title": f"Leading in {side.mark}", "about": f"{side.mark}OFFERED", "subject": side.placement.subject}
    offer = CpdOffer.objects.create(
        kind="leadership",
        on=date(2026, 10, 20),
        closes_on=date(2026, 10, 19),
        days=Decimal(1),
        places=5,
        posted_by=by,
        **said,
    )
    answer = CpdAnswer.objects.create(offer=offer, post=side.post, status="accepted", answered_on=AGREED)
    logged = {"what": "A day at a museum", "keeps_up": f"{side.mark}LOGGED", "days": Decimal(1)}
    group = WorkingGroup.objects.create(
        name=f"Group of {side.mark}", aim=f"For {side.mark}NEEDED", needs=f"{side.mark}NEEDED"
    )
    group.members.add(side.post)
    side.things |= {
        "role training": RoleTraining.objects.create(post=side.post, topic="roles", on=AGREED, recorded_by=side.ast),
        "training co-ordinator": TrainingCoordinator.objects.create(user=side.ast, since=AGREED, ended_on=AGREED),
        "CPD offer": offer,
        "CPD answer": answer,
        "CPD entry": CpdEntry.objects.create(
            post=side.post, kind="visit", on=AGREED, recorded_by=side.ast, evaluated_on=AGREED, evaluation="x", **logged
        ),
        "working group": group,
        "group action": GroupAction.objects.create(
            group=group, owner=side.post, text=f"{side.mark}GROUPTASK", due_on=date(2026, 10, 30)
        ),
    }


def _judged_of(side: Side, by: User, objective: JobObjective) -> None:
    """A judgement that was issued, another version that is a draft; and what the school says of its training."""
    year, mark = AcademicYear.objects.get(slug="2026-27"), side.mark
    given = {"post": side.post, "year": year}
    sent = {"status": "issued", "home": side.home, "issued_on": AGREED}
    issued = OutreachJudgement.objects.create(
        **given, **sent, version=1, judgement=f"{mark}JUDGED", development=f"{mark}JUDGED needs"
    )
    issued.targets.create(objective=objective, reached="partly", evidence=f"{mark}JUDGED proof")
    letters.freeze(issued, by=by)
    draft = OutreachJudgement.objects.create(
        **given, version=2, judgement=f"{mark}UNJUDGED", development=f"{mark}UNJUDGED needs"
    )
    draft.targets.create(objective=objective, reached="not", evidence=f"{mark}UNJUDGED proof")
    said = TrainingStatement.objects.create(school=side.home, year=year, statement=f"{mark}TRAINS")
    side.things |= {"judgement": issued, "judgement draft": draft, "training": said}


def _description(side: Side, version: int, mark: str, **fields: Any) -> JobDescription:
    """All four parts, and an objective."""
    texts = ("title", "line_manager", "purpose", "head_part", "classroom_tasks", "outreach_tasks")
    said = {name: f"{mark} as {name}" for name in texts}
    put = {"asked": 1, "put_on": AGREED}
    found: JobDescription = JobDescription.objects.create(post=side.post, version=version, **said, **put, **fields)
    inside = found.responsibilities.create(number=1, text=f"{mark} in the school")
    JobObjective.objects.create(responsibility=inside, text=f"{mark} is reached", on_outreach=True)
    return found
