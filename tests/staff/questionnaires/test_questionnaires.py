"""Questionnaires: written, sent, answered once, reminded, closed, summed without names (R-3.10, N26)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core import retention, subject_access
from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.subject_access import find
from staff.accounts.models import User
from staff.posts.models import Post, PostAbsence
from staff.questionnaires import actions, reads
from staff.questionnaires.lifecycle import QuestionnaireStatus
from staff.questionnaires.models import LINE, Answer, Questionnaire, QuestionnaireInvitation
from staff.questionnaires.tasks import look_after_questionnaires
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.staff.questionnaires.asking import CHOICES, HELP, asked, draft, invitations, over, say, say_all
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
S = QuestionnaireStatus


def mails(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).exclude(status="cancelled").values_list("to_email", flat=True))


def test_r_3_10_a_questionnaire_goes_its_whole_way_through_the_pages(cast: Cast) -> None:
    office, ast = Reader(cast.coordinator), Reader(cast.ast)
    said = {"title": "Courses in spring", "intro": "Two minutes.", **day("closes_on", today() + timedelta(days=10))}
    assert "Enter what it is about" in office.send("questionnaire_add", **{**said, "title": ""})
    assert office.send("questionnaire_add", **said) == ""
    row = Questionnaire.objects.get()
    assert "No question yet" in office.text("questionnaire", row.pk)
    question = {"text": "Which course first?", "kind": "choice"}
    assert "2 to 10 answers" in office.send("question_add", row.pk, **question, choices="Only one")
    assert office.send("question_add", row.pk, **question, choices=CHOICES) == ""
    assert office.send("question_add", row.pk, text=HELP, kind="text", choices="") == ""
    assert "Send it to 1 AST" in office.text("questionnaire", row.pk)
    assert office.send("questionnaire_send", row.pk) == ""
    invitation = QuestionnaireInvitation.objects.get()
    assert [task.title for task in tasks_for(cast.ast, today()) if "questionnaire" in task.title] == [
        "Answer the questionnaire: Courses in spring"
    ]
    first, second = row.questions.all()
    assert "Select an answer" in ast.send("invitation_answer", invitation.pk, **{f"q{second.pk}": "Time"})
    answers = {f"q{first.pk}": "Leadership", f"q{second.pk}": "Zeit, Ωmega, 好"}
    assert ast.send("invitation_answer", invitation.pk, **answers) == ""
    page = ast.text("invitation", invitation.pk)
    assert "Leadership" in page
    assert "Zeit, Ωmega, 好" in page
    assert not [task for task in tasks_for(cast.ast, today()) if "questionnaire" in task.title]
    assert office.send("questionnaire_close", row.pk) == ""
    assert "This questionnaire is closed" in ast.text("invitation", invitation.pk)
    for page in ("invitation_answer", "invitation_change"):
        shown = ast.get(page, invitation.pk)
        assert shown.status_code == 302, "nobody fills in what can no longer be sent"
        assert shown["Location"] == invitation.get_absolute_url()


def test_r_3_10_twenty_sent_twelve_back_is_sixty_per_cent(cast: Cast) -> None:
    """Given 20 sent, 12 back, when viewed, then 60% response; page, file and list agree."""
    PostFactory.create_batch(19)
    row = asked(cast)
    sent = invitations(row)
    say_all(sent[:8], "Leadership", "More time")
    say_all(sent[8:12], "Mathematics")
    office = Reader(cast.coordinator)
    assert "20 sent, 12 back: 60%" in office.text("questionnaire_results", row.pk)
    assert "20 sent, 12 back: 60%" in office.text("questionnaires")
    assert "shown once the questionnaire is closed" in office.text("questionnaire_results", row.pk)
    actions.close(questionnaire=row, by=cast.coordinator)
    response, choice, texts = reads.sheet(Questionnaire.objects.get()).tables
    assert response.rows == (("All ASTs who were asked", 20, 12, "60%"),)
    assert choice.rows == (("Mathematics", 4), ("Leadership", 8))
    assert choice.total == ("All answers", 12)
    assert texts.rows == (("More time",),) * 8
    said = office.get("questionnaire_results", row.pk, export="q1").getvalue().decode()
    assert "Leadership,8" in said


@pytest.mark.usefixtures("quick_print")
def test_r_15_15_the_paper_says_what_the_page_says(cast: Cast) -> None:
    PostFactory.create_batch(3)
    row = asked(cast)
    say_all(invitations(row), "Leadership", "Time")
    actions.close(questionnaire=row, by=cast.coordinator)
    paper = Reader(cast.coordinator).get("questionnaire_results", row.pk, export="pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.filter(verb__startswith="Exported", by=cast.coordinator).exists()


@pytest.mark.parametrize("back", [0, 1, 2])
def test_fewer_than_three_answers_are_kept_back(cast: Cast, back: int) -> None:
    PostFactory.create_batch(5)
    row = asked(cast)
    say_all(invitations(row)[:back], "Leadership", "Marked words")
    actions.close(questionnaire=row, by=cast.coordinator)
    said = Reader(cast.coordinator).text("questionnaire_results", row.pk)
    assert "nothing of what they said is shown" in said
    assert "Marked words" not in said
    assert ("6 sent, fewer than 3 back" in said) == (back > 0)


def test_small_numbers_and_few_texts_are_kept_back_and_no_name_stands_anywhere(cast: Cast) -> None:
    PostFactory.create_batch(8)
    row = asked(cast)
    sent = invitations(row)
    say_all(sent[:2], "Mathematics", "Marked words")
    say_all(sent[2:8], "Leadership")
    actions.close(questionnaire=row, by=cast.coordinator)
    _, choice, texts = reads.sheet(Questionnaire.objects.get()).tables
    assert choice.rows == (("Mathematics", "fewer than 3"), ("Leadership", "not shown")), "8 less 6 would tell it"
    assert (texts.rows, texts.note) == ((), reads.FEW_WORDS)
    office = Reader(cast.coordinator)
    for page in ("questionnaire", "questionnaire_results"):
        said = office.text(page, row.pk)
        assert not [each.post.name for each in sent if each.post.name in said]
        assert "Marked words" not in said


def test_texts_stand_in_the_alphabet_and_not_in_the_order_of_those_who_wrote_them(cast: Cast) -> None:
    PostFactory.create_batch(2)
    row = asked(cast)
    for invitation, words in zip(invitations(row), ("Zeal", "äther", "Air"), strict=True):
        say(invitation, "Leadership", words)
    actions.close(questionnaire=row, by=cast.coordinator)
    texts = reads.sheet(Questionnaire.objects.get()).tables[2]
    assert texts.rows == (("Air",), ("Zeal",), ("äther",))


def test_r_3_10_the_emphasis_is_on_long_serving_asts(cast: Cast) -> None:
    """By years as an AST: what those say who have been one for six years or more."""
    PostFactory.create_batch(4, starts_on=date(2018, 9, 1))
    PostFactory.create_batch(3)
    row = asked(cast)
    sent = invitations(row)
    long = [each for each in sent if each.post.starts_on == date(2018, 9, 1)]
    say_all(long, "Leadership")
    say_all([each for each in sent if each not in long], "Mathematics")
    actions.close(questionnaire=row, by=cast.coordinator)
    _, choice, _ = reads.sheet(Questionnaire.objects.get()).tables
    assert choice.header == ("Answer", "1 or 2 years", "6 years or more", "All")
    assert choice.rows == (("Mathematics", 4, 0, 4), ("Leadership", 0, 4, 4))
    assert "6 years or more" in Reader(cast.coordinator).text("questionnaire_results", row.pk)


def test_what_a_small_group_says_cannot_be_worked_out(cast: Cast) -> None:
    """Two of six secondary ASTs say something else, and one special AST would stand alone."""
    PostFactory.create_batch(5)
    PostFactory.create_batch(5, home=SchoolFactory(phase="primary"))
    PostFactory(home=SchoolFactory(phase="special"))
    row = balance(cast)
    sent = invitations(row)
    say_all([*sent[:4], *sent[6:]], "It is right", "Nothing")
    say_all(sent[4:6], "Too much outreach", "Travel")
    actions.close(questionnaire=row, by=cast.coordinator)
    for table in reads.sheet(Questionnaire.objects.get()).tables[1:3]:
        assert table.header == ("Answer", "Primary, Special", "Secondary", "All")
        assert table.total == ("All answers", "", "", 12)
        told = [line for line in table.rows if any(line[1:])]
        assert [cell for line in told for cell in line[1:] if cell != 0] == [
            6,
            *["not shown"] * 4,
            "fewer than 3",
        ]


def test_r_3_10_it_goes_to_all_or_to_those_it_is_narrowed_to(cast: Cast) -> None:
    primary = SchoolFactory(phase="primary")
    music = PostFactory(subjects=("music",), starts_on=date(2018, 9, 1))
    young = PostFactory(home=primary)
    away = PostFactory()
    PostAbsence.objects.create(post=away, kind="illness", starts_on=date(2026, 9, 1))
    PostFactory(status="passed", starts_on=None)
    PostFactory(user=cast.ast)

    def goes_to(**narrowed: Any) -> set[Post]:
        return set(reads.audience(draft(cast, **narrowed), today()))

    assert goes_to() == {cast.post, music, young}, "each person once; whoever is away is left alone"
    assert goes_to(subject="music") == {music}
    assert goes_to(phase="primary") == {young}
    assert goes_to(years=6) == {music}
    row = draft(cast, subject="music", phase="primary")
    assert "No AST is of this kind" in _refusal(cast, row)
    assert reads.whom(draft(cast, years=1, phase="primary")) == "Primary schools; 1 year or more as an AST"
    assert reads.whom(draft(cast)) == "All ASTs in post, without those who are away"


def _refusal(cast: Cast, row: Questionnaire) -> str:
    with pytest.raises(Refused) as refused:
        actions.send(questionnaire=row, by=cast.coordinator)
    return str(refused.value)


def test_n26_the_link_goes_by_the_outbox_once(cast: Cast) -> None:
    other = PostFactory()
    row = asked(cast)
    assert mails("questionnaire-sent") == sorted([cast.ast.email, other.user.email])
    mine = QuestionnaireInvitation.objects.get(post=cast.post)
    assert mine.get_absolute_url() in Message.objects.get(to_email=cast.ast.email).body
    with pytest.raises(Refused, match="no longer possible"):
        actions.send(questionnaire=row, by=cast.coordinator)
    assert len(mails("questionnaire-sent")) == 2


def test_r_3_10_a_questionnaire_answered_twice_is_refused_and_an_answer_can_be_changed(cast: Cast) -> None:
    row = asked(cast)
    mine, ast = QuestionnaireInvitation.objects.get(), Reader(cast.ast)
    first, second = row.questions.all()
    say(mine, "Leadership", "Time")
    again = {f"q{first.pk}": "Mathematics", f"q{second.pk}": ""}
    assert "answered this questionnaire already" in ast.send("invitation_answer", mine.pk, **again), "another tab"
    assert ast.status("invitation_answer", mine.pk) == 302
    assert "Time" in ast.text("invitation_change", mine.pk)
    assert ast.send("invitation_change", mine.pk, **again) == ""
    assert list(Answer.objects.values_list("said", flat=True)) == ["Mathematics"]
    actions.close(questionnaire=row, by=cast.coordinator)
    assert "no longer possible" in ast.send("invitation_change", mine.pk, **again)


def test_bad_answers_and_changing_nothing_are_refused(cast: Cast) -> None:
    row = asked(cast)
    mine, ast = QuestionnaireInvitation.objects.get(), Reader(cast.ast)
    first, second = row.questions.all()
    assert "Select an answer" in ast.send("invitation_answer", mine.pk, **{f"q{first.pk}": "Cookery"})
    long = {f"q{first.pk}": "Leadership", f"q{second.pk}": "x" * 2001}
    assert "must be 2000 characters" in ast.send("invitation_answer", mine.pk, **long)
    with pytest.raises(Refused, match="Select an answer"):
        say(mine, "Cookery")
    with pytest.raises(Refused, match="not answered this questionnaire yet"):
        actions.change_answers(invitation=mine, said={first.pk: "Leadership"}, by=cast.ast)
    assert not Answer.objects.exists()


def test_one_reminder_by_the_job_to_those_who_have_not_answered(cast: Cast) -> None:
    answered, gone = PostFactory(), PostFactory()
    row = asked(cast)
    say(row.invitations.get(post=answered), "Leadership")
    Post.objects.filter(pk=gone.pk).update(ends_on=today())
    assert actions.look_after(today()) == 0, "on the day it was sent"
    assert actions.look_after(row.closes_on - timedelta(days=4)) == 0
    assert actions.look_after(row.closes_on - timedelta(days=3)) == 1
    assert actions.look_after(row.closes_on - timedelta(days=2)) == 0, "once"
    assert mails("questionnaire-reminder") == [cast.ast.email]
    assert look_after_questionnaires() == 0


def test_the_job_closes_what_is_over_and_it_can_be_opened_again(cast: Cast) -> None:
    other = PostFactory()
    row = asked(cast)
    say(row.invitations.get(post=other), "Leadership")
    assert actions.look_after(row.closes_on) == 1, "the reminder alone: the last day counts"
    assert actions.look_after(over(row)) == 1
    assert actions.look_after(over(row)) == 0
    row.refresh_from_db()
    assert row.status == S.CLOSED
    office = Reader(cast.coordinator)
    assert "tomorrow or later" in office.send("questionnaire_keep_open", row.pk, **day("closes_on", today()))
    assert "half a year" in office.send("questionnaire_keep_open", row.pk, **day("closes_on", date(2027, 9, 1)))
    assert office.send("questionnaire_keep_open", row.pk, **day("closes_on", today() + timedelta(days=30))) == ""
    row.refresh_from_db()
    assert (row.status, row.closes_on) == (S.OPEN, today() + timedelta(days=30))
    assert mails("questionnaire-open") == [cast.ast.email], "whoever has answered is not asked again"
    actions.keep_open(questionnaire=row, closes_on=row.closes_on, by=cast.coordinator)
    assert len(mails("questionnaire-open")) == 1, "the same day tells nobody"
    actions.keep_open(questionnaire=row, closes_on=row.closes_on + timedelta(days=1), by=cast.coordinator)
    assert len(mails("questionnaire-open")) == 2


def test_withdrawn_it_is_not_answered_and_no_e_mail_goes(cast: Cast) -> None:
    row = asked(cast)
    mine, office = QuestionnaireInvitation.objects.get(), Reader(cast.coordinator)
    assert "Enter" in office.send("questionnaire_withdraw", row.pk, reason="")
    assert office.send("questionnaire_withdraw", row.pk, reason="A wrong question") == ""
    assert mails("questionnaire-sent") == []
    assert "has withdrawn" in Reader(cast.ast).text("invitation", mine.pk)
    with pytest.raises(Refused, match="no longer possible"):
        say(mine, "Leadership")
    with pytest.raises(Refused):
        actions.keep_open(questionnaire=row, closes_on=today() + timedelta(days=9), by=cast.coordinator)
    assert not [task for task in tasks_for(cast.ast, today()) if "questionnaire" in task.title]
    assert "shown once" in office.text("questionnaire_results", row.pk)


def test_a_draft_is_changed_and_withdrawn_and_what_was_sent_stays_as_it_was(cast: Cast) -> None:
    row, office = draft(cast), Reader(cast.coordinator)
    question = row.questions.all()[0]
    said = {"title": "Another title", "years": "3", **day("closes_on", row.closes_on)}
    assert office.send("questionnaire_change", row.pk, **said) == ""
    assert office.send("question_change", question.pk, text="Which?", kind="choice", choices="A\nB") == ""
    assert "different one" in office.send("question_change", question.pk, text="Which?", kind="choice", choices="A\na")
    assert "Own words" in office.send("question_change", question.pk, text="Which?", kind="text", choices="A\nB")
    assert office.send("question_remove", row.questions.all()[1].pk) == ""
    row.refresh_from_db()
    assert (row.title, row.years, [each.text for each in row.questions.all()]) == ("Another title", 3, ["Which?"])
    actions.save(questionnaire=row, by=cast.coordinator, **{n: getattr(row, n) for n in actions.SAID} | {"years": None})
    actions.send(questionnaire=row, by=cast.coordinator)
    assert "no longer possible" in office.send("questionnaire_change", row.pk, **said)
    assert "no longer possible" in office.send("question_change", question.pk, text="X", kind="text", choices="")
    office.send("question_remove", question.pk)
    assert row.questions.count() == 1
    empty = actions.save(by=cast.coordinator, **{name: getattr(row, name) for name in actions.SAID})
    assert "Add a question first" in _refusal(cast, empty)
    assert office.send("questionnaire_withdraw", empty.pk, reason="Not needed") == ""


def test_who_reads_and_keeps_questionnaires(cast: Cast) -> None:
    other = PostFactory()
    row = asked(cast)
    mine = QuestionnaireInvitation.objects.get(post=cast.post)
    people = (cast.administrator, cast.officer, cast.consultant, cast.host_head, cast.home_head, cast.ast, cast.chair)
    for user in people:
        for page in ("questionnaire", "questionnaire_results", "questionnaire_change"):
            assert Reader(user).status(page, row.pk) == 403, (user, page)
        with pytest.raises(PermissionDenied):
            actions.close(questionnaire=row, by=user)
        with pytest.raises(PermissionDenied):
            actions.ask_balance(closes_on=today() + timedelta(days=9), by=user)
    stranger = Reader(other.user)
    assert [stranger.status(page, mine.pk) for page in ("invitation", "invitation_answer")] == [404, 404]
    with pytest.raises(PermissionDenied):
        actions.answer(invitation=mine, said={}, by=other.user)
    assert row.title in Reader(cast.ast).text("invitations")


def test_answers_stand_in_no_trail_and_a_look_at_the_results_is_recorded(cast: Cast) -> None:
    PostFactory.create_batch(3)
    row = asked(cast)
    say_all(invitations(row), "Leadership", "Marked words")
    actions.close(questionnaire=row, by=cast.coordinator)
    Reader(cast.coordinator).get("questionnaire_results", row.pk)
    assert AuditEvent.objects.about(row).filter(verb="Viewed: answers to the questionnaire").count() == 1
    told = " ".join(f"{each.before} {each.after} {each.reason}" for each in AuditEvent.objects.all())
    assert "Marked words" not in told
    subject = find(cast.ast.email)
    copy = str([section.rows for section in subject_access.collect(subject)])
    assert "Marked words" in copy


def test_answers_are_deleted_three_years_later(cast: Cast) -> None:
    row = asked(cast)
    say(QuestionnaireInvitation.objects.get(), "Leadership", "Time")
    line = next(each for each in retention.schedule() if each.what == LINE)
    assert line.due
    assert line.apply
    late = row.closes_on.replace(year=row.closes_on.year + 3)
    assert line.due(late) == 0
    assert line.apply(late + timedelta(days=1))
    assert not Answer.objects.exists()
    assert not Questionnaire.objects.exists()


def test_lists_and_pages_cost_the_same_with_thirty_rows(cast: Cast) -> None:
    office, costs = Reader(cast.coordinator), []
    row = asked(cast)
    for more in (3, 27):
        for post in PostFactory.create_batch(more):
            say(QuestionnaireInvitation.objects.create(questionnaire=row, post=post), "Leadership", "Time")
            draft(cast)
        Questionnaire.objects.filter(pk=row.pk).update(status=S.CLOSED)
        for page, *args in (("questionnaires",), ("questionnaire", row.pk), ("questionnaire_results", row.pk)):
            office.get(page, *args)
            with CaptureQueriesContext(connection) as queries:
                office.get(page, *args)
            costs.append(len(queries))
        Questionnaire.objects.filter(pk=row.pk).update(status=S.OPEN)
    assert costs[:3] == costs[3:]
    assert costs[0] <= 12
    assert max(costs) <= 15, costs
    ast = Reader(User.objects.get(pk=cast.ast.pk))
    ast.get("invitations")
    with CaptureQueriesContext(connection) as queries:
        ast.get("invitations")
    assert len(queries) <= 12


#


def balance(cast: Cast, **said: Any) -> Questionnaire:
    return actions.ask_balance(**{"closes_on": today() + timedelta(days=14), "by": cast.coordinator, **said})


def test_r_3_23_ten_answers_are_summed_by_answer_and_phase(cast: Cast) -> None:
    """Given 10 answers, when summed, then 10 by answer and phase; no names, and nobody under 3."""
    primary = SchoolFactory(phase="primary")
    PostFactory.create_batch(5, home=primary)
    PostFactory.create_batch(4)
    assert Reader(cast.coordinator).send("questionnaire_balance", **day("closes_on", date(2026, 10, 20))) == ""
    row = Questionnaire.objects.get()
    sent = invitations(row)
    primaries = [each for each in sent if each.post.home_id == primary.pk]
    say_all(primaries, "It is right", "Nothing")
    say_all([each for each in sent if each not in primaries], "Too little outreach", "Cover for my classes")
    actions.close(questionnaire=row, by=cast.coordinator)
    right, way = reads.sheet(Questionnaire.objects.get()).tables[1:3]
    assert right.header == ("Answer", "Primary", "Secondary", "All")
    assert right.rows == (("It is right", 5, 0, 5), ("Too little outreach", 0, 5, 5), ("Too much outreach", 0, 0, 0))
    assert (right.total[-1], way.total[-1]) == (10, 10)


def test_r_3_23_every_ast_is_asked_once_a_school_year(cast: Cast) -> None:
    first = balance(cast)
    with pytest.raises(Refused, match="asked in 2026/27 already"):
        balance(cast)
    actions.withdraw(questionnaire=first, reason="Sent too early", by=cast.coordinator)
    assert "tomorrow or later" in Reader(cast.coordinator).send("questionnaire_balance", **day("closes_on", today()))
    assert balance(cast).pk != first.pk, "withdrawn, it was not asked"


def test_r_3_23_the_last_term_asks_the_coordinator_for_it(cast: Cast) -> None:
    title = "Ask ASTs about the balance of their own school and outreach"

    def asks(on: date) -> bool:
        return title in [task.title for task in tasks_for(cast.coordinator, on)]

    summer = date(2027, 6, 8)
    assert (asks(today()), asks(summer)) == (False, True)
    balance(cast)
    assert not asks(summer)
