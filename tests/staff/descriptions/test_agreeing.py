"""Headteacher and AST agree to a job description: in force, on paper, wanted before a post (R-2.5, R-15.6)."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.descriptions import documents, reads
from staff.descriptions.actions import agreeing, writing
from staff.descriptions.models import JobDescription
from staff.posts.actions import moving
from staff.posts.events import before_in_post
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, UserFactory, person
from tests.schools.pages import signed_in
from tests.staff.descriptions.writing import PARTS, agreed, drafted, put
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def url(page: str, pk: int) -> str:
    return reverse(f"staff:{page}", args=[pk])


def titles(user: User) -> list[str]:
    return [task.title for task in tasks_for(user, today()) if "job description" in task.title]


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).exclude(status="cancelled").values_list("to_email", flat=True))


def test_r_2_5_agreed_by_head_and_ast_it_is_in_force(cast: Cast) -> None:
    found = put(cast)
    assert told("description-put") == [cast.ast.email]
    assert titles(cast.ast) == ["Agree to your job description, or send it back"]
    ast = signed_in(cast.ast)
    shown = ast.get(found.get_absolute_url()).content.decode()
    assert 'name="seen" value="1"' in shown
    done = ast.post(url("description_agree", found.pk), {"seen": "1"}, follow=True)
    assert "Agreed by both: it is in force." in done.content.decode()
    found.refresh_from_db()
    assert (found.status, found.agreed_on, found.head_agreed_by) == ("in_force", today(), cast.home_head)
    assert told("description-agreed") == ["ast-office@marlshire.example", cast.home_head.email]
    assert titles(cast.ast) == []
    assert "Version 1, agreed on 6 October 2026" in text(ast.get(url("post", cast.post.pk)))
    again = ast.post(url("description_agree", found.pk), {"seen": "1"}, follow=True)
    assert "no longer possible" in again.content.decode()


def test_r_2_5_what_the_coordinator_wrote_needs_both(cast: Cast) -> None:
    found = put(cast, by=cast.coordinator)
    assert told("description-put") == sorted([cast.ast.email, cast.home_head.email])
    assert titles(cast.home_head)[0] == "Agree to the job description of Wren Castellow, or send it back"
    found = agreeing.agree(description=found, seen=1, by=cast.ast)
    assert (found.status, found.ast_agreed_on) == ("half_agreed", today())
    with pytest.raises(Refused, match="It waits for the headteacher"):
        agreeing.agree(description=found, seen=1, by=cast.ast)
    found = agreeing.agree(description=found, seen=1, by=cast.home_head)
    assert found.status == "in_force"


def test_r_2_5_nobody_else_agrees(cast: Cast) -> None:
    found = put(cast)
    for other in (cast.coordinator, cast.administrator, cast.outsider, cast.consultant, cast.host_head):
        with pytest.raises(PermissionDenied):
            agreeing.agree(description=found, seen=1, by=other)
        with pytest.raises(PermissionDenied):
            agreeing.send_back(description=found, reason="x", by=other)


def test_r_2_5_sent_back_with_what_is_to_change(cast: Cast) -> None:
    found = put(cast)
    ast, address = signed_in(cast.ast), url("description_return", found.pk)
    assert "Enter a short reason" in text(ast.post(address, {"reason": ""}))
    assert ast.post(address, {"reason": "Who takes my class?"}).status_code == 302
    found.refresh_from_db()
    assert (found.status, found.head_agreed_on, found.to_change) == ("draft", None, "Who takes my class?")
    assert told("description-sent-back") == [cast.home_head.email]
    assert titles(cast.home_head) == ["Finish the job description of Wren Castellow"]
    head = signed_in(cast.home_head)
    assert "To change: Who takes my class?" in text(head.get(url("description_change", found.pk)))
    writing.put(description=found, by=cast.home_head)
    found.refresh_from_db()
    assert (found.status, found.asked, found.to_change) == ("half_agreed", 2, "")


def test_r_2_5_a_coordinator_who_wrote_it_hears_that_it_came_back(cast: Cast) -> None:
    found = put(cast, by=cast.coordinator)
    agreeing.send_back(description=found, reason="Not so", by=cast.home_head)
    assert told("description-sent-back") == [cast.coordinator.email]
    assert titles(cast.coordinator) == ["Finish the job description of Wren Castellow"]


def test_r_2_5_changed_after_one_has_agreed_it_asks_again(cast: Cast) -> None:
    found = put(cast, by=cast.coordinator)
    agreeing.agree(description=found, seen=1, by=cast.ast)
    found = writing.take_back(description=found, by=cast.home_head)
    assert (found.status, found.ast_agreed_on) == ("draft", None)
    assert told("description-put") == [], "what was not sent yet does not go"
    writing.save(description=found, parts=PARTS, by=cast.home_head)
    writing.put(description=found, by=cast.home_head)
    page = signed_in(cast.ast).post(url("description_agree", found.pk), {"seen": "1"}, follow=True)
    assert "It was changed after you opened the page" in page.content.decode()
    for nonsense in ("", "x", "²", "99999999999"):
        signed_in(cast.ast).post(url("description_agree", found.pk), {"seen": nonsense})
    found.refresh_from_db()
    assert found.status == "half_agreed", "nobody agrees to what they have not read"
    assert agreeing.agree(description=found, seen=2, by=cast.ast).status == "in_force"


def test_r_2_5_a_later_version_replaces_the_one_before_and_history_stays(cast: Cast) -> None:
    first = agreed(cast)
    second = put(cast, purpose="To lead the network.")
    first.refresh_from_db()
    assert first.status == "in_force", "until the next one is agreed"
    agreeing.agree(description=second, seen=1, by=cast.ast)
    first.refresh_from_db()
    assert first.status == "superseded"
    assert reads.in_force(cast.post) == second
    shown = text(signed_in(cast.ast).get(first.get_absolute_url()))
    assert "To keep excellent teaching in the classroom." in shown
    assert "Version 2 : In force, agreed on 6 October 2026" in shown
    with pytest.raises(Refused, match="no longer possible"):
        writing.take_back(description=first, by=cast.home_head)


def test_r_2_5_the_database_knows_no_agreement_of_one(cast: Cast) -> None:
    found = put(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobDescription.objects.filter(pk=found.pk).update(**{"status": "in_force"})


def test_r_2_5_wanted_before_a_candidate_is_in_post(cast: Cast) -> None:
    def words() -> str:
        return " ".join(str(problem) for ask in before_in_post for problem in ask(cast.post))

    assert "The job description of Wren Castellow is not agreed" in words()
    found = put(cast)
    assert "The job description of Wren Castellow is not agreed" in words()
    agreeing.agree(description=found, seen=1, by=cast.ast)
    assert "job description" not in words()


def test_r_2_5_a_candidate_agrees_before_there_is_a_role(cast: Cast) -> None:
    """E: a job description is agreed before anybody is in post; the role comes with the post."""
    teacher = UserFactory(name="Nia Candlish", email="nia@marlshire.example")
    candidate = PostFactory(user=teacher, home=cast.home, status="passed", starts_on=None)
    teacher.roles.all().delete()
    draft = drafted(cast, post=candidate)
    writing.put(description=draft, by=cast.home_head)
    message = Message.objects.get(kind="description-put")
    assert message.to_email == teacher.email
    assert "a code is sent to you" in message.body
    client = signed_in(User.objects.get(pk=teacher.pk))
    assert "Agree to your job description, or send it back" in text(client.get(reverse("tasks")))
    assert "AST for mathematics" in text(client.get(draft.get_absolute_url()))
    assert client.get(url("description_pdf", draft.pk)).status_code == 200
    assert client.get(url("description_return", draft.pk)).status_code == 200
    assert client.post(url("description_agree", draft.pk), {"seen": "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "in_force"
    assert reads.before_in_post(candidate) == []
    assert signed_in(cast.administrator).get(draft.get_absolute_url()).status_code == 404, "a candidate is starred"
    Post.objects.filter(pk=candidate.pk).update(status="closed")
    assert client.get(draft.get_absolute_url()).status_code == 404


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.paper
def test_r_15_6_not_agreed_it_is_marked_draft_on_every_page(cast: Cast) -> None:
    long = "\n".join(f"Task number {number} of many" for number in range(120))
    draft = drafted(cast, classroom_tasks=long, management_duties="Deputy headteacher")
    printed = pages(signed_in(cast.home_head).get(url("description_pdf", draft.pk)).content)
    assert len(printed) > 2
    assert all("Draft" in page for page in printed)
    whole = " ".join(printed)
    for words in (
        "1. Title",
        "Deputy headteacher",
        "2. Accountable to",
        "The AST co-ordinator of Marlshire County Council",
        "3. Purpose",
        "4. Key tasks",
        "Version 1",
        "Marlshire County Council",
    ):
        assert words in whole
    writing.put(description=draft, by=cast.home_head)
    agreeing.agree(description=draft, seen=1, by=cast.ast)
    final = pages(signed_in(cast.ast).get(url("description_pdf", draft.pk)).content)
    assert not [page for page in final if "Draft" in page]
    assert "In force from 6 October 2026" in " ".join(final)
    assert "Agreed by the headteacher Tamsin Ashgrove, 6 October 2026" in " ".join(final)


def test_r_15_6_what_is_agreed_keeps_its_bytes(cast: Cast) -> None:
    found = agreed(cast)
    client = signed_in(cast.ast)
    first = client.get(url("description_pdf", found.pk)).content
    Policy.objects.update(authority_name="Another authority")
    User.objects.filter(pk=cast.ast.pk).update(name="Wren Castellow-Smith")
    assert client.get(url("description_pdf", found.pk)).content == first
    document = Document.objects.about(found).get()
    assert (document.kind, bool(document.sha256)) == (documents.KIND, True)


def test_g_who_reads_what(cast: Cast) -> None:
    governor = person("Gilda Marsh", "gilda@marlshire.example", Role.GOVERNOR, cast.home)
    waiting = put(cast)

    def readers() -> set[str]:
        people = {
            "co": cast.coordinator,
            "ad": cast.administrator,
            "officer": cast.officer,
            "consultant": cast.consultant,
            "host": cast.host_head,
            "home": cast.home_head,
            "outsider": cast.outsider,
            "ast": cast.ast,
            "governor": governor,
            "chair": cast.chair,
        }
        found = waiting.get_absolute_url()
        opens = {key for key, user in people.items() if signed_in(user).get(found).status_code == 200}
        seen = {k for k, u in people.items() if waiting in JobDescription.objects.visible_to(u)}
        assert opens == seen
        return opens

    assert readers() == {"co", "ad", "home", "ast"}
    agreeing.agree(description=waiting, seen=1, by=cast.ast)
    assert readers() == {"co", "ad", "home", "ast", "governor", "consultant"}
    for nobody in (cast.officer, governor):
        card = text(signed_in(nobody).get(url("post", cast.post.pk)))
        assert ("Job description" in card) == (nobody == governor)


def test_r_17_7_on_a_move_what_waits_is_the_new_heads_to_look_at(cast: Cast) -> None:
    agreed(cast)
    waiting = put(cast, purpose="Another")
    page = signed_in(cast.coordinator).post(
        url("post_move", cast.post.pk),
        {"home": cast.elsewhere.pk, "on_day": 6, "on_month": 10, "on_year": 2026},
    )
    shown = text(page)
    assert "Version 2: Agreed by one: waits for the other Is a draft again" in shown
    assert "Version 1: In force Holds until the new headteacher and the AST agree another version." in shown
    moving.record(post=cast.post, home=cast.elsewhere, on=date(2026, 10, 6), by=cast.coordinator)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.head_agreed_by) == ("draft", None)
    assert signed_in(cast.home_head).get(waiting.get_absolute_url()).status_code == 404
    assert signed_in(cast.outsider).get(waiting.get_absolute_url()).status_code == 200
