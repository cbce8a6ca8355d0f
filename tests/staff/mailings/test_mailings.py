"""Writing to several people from a list (R-20.12)."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import unreachable
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.problems import Refused
from astcoord.ui import once
from astcoord.ui.kept import KEY
from schools.register.models import Cluster, School
from staff.accounts.models import User
from staff.mailings import actions
from staff.mailings.models import Mailing
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

SAID = {"subject": "Maths in March", "text": "Three days on algebra.\r\n\r\n- bring a book\r\n- bring a friend"}


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


def to(code: str) -> str:
    return reverse("staff:mailing_write", args=[code])


def page(response: Any) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


def previewed(office: Client, code: str, query: str, **said: str) -> dict[str, str]:
    """What the form sends once it has shown its words."""
    shown = office.get(f"{to(code)}?{query}")
    form = {**SAID, **said, "chosen": hidden(shown, "chosen")}
    seen = office.post(to(code), {**form, "preview": "Preview"})
    assert "Nothing has been sent yet" in page(seen)
    return {**form, "seen": hidden(seen, "seen"), "send": "Send"}


def test_r_20_12_eight_maths_asts_get_eight_messages_and_one_audit_row(office: Client, cast: Cast) -> None:
    PostFactory.create_batch(7)
    PostFactory(subjects=("music",))
    listed = office.get(reverse("staff:posts"), {"subject": "mathematics"})
    assert "All 8 ASTs" in page(listed)
    before = AuditEvent.objects.count()
    form = previewed(office, "asts", "subject=mathematics&which=all")
    assert Message.objects.count() == 0
    done = office.post(to("asts"), form, follow=True)
    assert "8 messages on the way" in page(done)
    assert Message.objects.filter(kind="mailing").count() == 8
    assert len(set(Message.objects.values_list("to_email", flat=True))) == 8
    told = AuditEvent.objects.get(pk__gt=before, verb="written to several")
    assert AuditEvent.objects.count() == before + 1
    assert (told.after, told.by) == ({"from": "ASTs", "people": 8}, cast.coordinator)
    body = Message.objects.filter(kind="mailing")[0].body
    assert "Three days on algebra.\n\n- bring a book\n- bring a friend" in body
    for user in Post.objects.expert_in("mathematics").values_list("user__name", flat=True):
        assert user in page(done)


def test_r_20_12_sent_twice_is_one(office: Client) -> None:
    form = {**previewed(office, "asts", "which=all"), KEY: once.new_key()}
    first = office.post(to("asts"), form)
    again = office.post(to("asts"), form)
    assert first["Location"] == again["Location"]
    assert (Mailing.objects.count(), Message.objects.filter(kind="mailing").count()) == (1, 1)


def test_r_20_12_what_was_changed_after_the_preview_is_shown_again_and_not_sent(office: Client) -> None:
    form = previewed(office, "asts", "which=all")
    shown = office.post(to("asts"), {**form, "text": "Two days on algebra."})
    assert "Two days on algebra." in page(shown)
    assert "Nothing has been sent yet" in page(shown)
    assert not Mailing.objects.exists()


def test_r_20_12_wrong_answers_are_said_and_nothing_ticked_leads_back(office: Client, cast: Cast) -> None:
    wrong = office.post(to("asts"), {"chosen": str(cast.post.pk), "send": "Send"})
    assert "Enter a subject" in page(wrong)
    assert "Enter what you want to say" in page(wrong)
    for query in ("", "?row=x", "?row=99999999", f"?row={'9' * 30}"):
        assert "Tick those whom" in page(office.get(f"{to('asts')}{query}", follow=True))
    assert office.get(to("nobody")).status_code == 404
    assert not Mailing.objects.exists()


def test_r_20_12_who_cannot_be_reached_is_listed_with_the_reason(office: Client, cast: Cast) -> None:
    """A suspended account, a mailbox that is not there, a school without any address."""
    gone, away = PostFactory(user__is_active=False), PostFactory()
    unreachable.note(away.user.email, said="550 5.1.1 nobody", at=timezone.now())
    shown = page(office.get(to("asts"), {"which": "all"}))
    assert "1 person will get it" in shown
    assert f"{gone.user.name}, {gone.home.name}: the account is suspended" in shown
    assert f"{away.user.name}, {away.home.name}: e-mail to {away.user.email} comes back since" in shown
    nowhere = SchoolFactory(name="Withy Lane School", email="")
    shown = page(office.get(to("schools"), {"row": nowhere.pk}))
    assert "Withy Lane School: no e-mail address is known" in shown
    assert "Nobody whom you chose can be reached" in shown
    assert "Preview" not in shown
    with pytest.raises(Refused):
        actions.write(subject="x", text="y", whom="Schools", readers=[], by=cast.coordinator)


def test_r_20_12_heads_of_a_cluster_are_written_to_and_a_school_between_heads_at_its_address(
    office: Client, cast: Cast
) -> None:
    cluster = Cluster.objects.create(name="Upper Vale")
    School.objects.filter(pk=cast.host.pk).update(cluster=cluster)
    between = SchoolFactory(name="Ó Súilleabháin School", cluster=cluster, email="head@vale.example")
    office.post(to("schools"), previewed(office, "schools", f"cluster={cluster.pk}&which=all"))
    sent = dict(Message.objects.values_list("to_email", "to_name"))
    assert sent == {cast.host_head.email: cast.host_head.name, between.email: "The headteacher"}


def test_r_20_12_whoever_stands_behind_several_rows_gets_one_message(office: Client) -> None:
    shared = {"email": "office@two.example"}
    rows = [SchoolFactory(name="Ab", **shared), SchoolFactory(name="Cd", email="Office@two.example")]
    shown = page(office.get(to("schools"), {"row": [each.pk for each in rows]}))
    assert "1 person will get it" in shown
    assert "The headteacher, Ab, Cd: office@two.example" in shown


def test_r_20_12_it_is_withdrawn_while_unsent_and_once(office: Client) -> None:
    PostFactory.create_batch(2)
    office.post(to("asts"), previewed(office, "asts", "which=all"))
    mailing = Mailing.objects.get()
    first = Message.objects.filter(kind="mailing")[0]
    Message.objects.filter(pk=first.pk).update(status=MessageStatus.SENT, sent_at=timezone.now())
    url = reverse("staff:mailing_withdraw", args=[mailing.pk])
    assert "2 messages will not go" in page(office.post(url, follow=True))
    assert sorted(Message.objects.values_list("status", flat=True)) == ["cancelled", "cancelled", "sent"]
    again = page(office.post(url, follow=True))
    assert "It was withdrawn before" in again
    assert "Withdrawn on" in again
    Mailing.objects.update(withdrawn_at=None)
    assert "nothing left to withdraw" in page(office.post(url, follow=True))


def test_r_20_12_only_the_office_writes_and_reads(cast: Cast, client: Client) -> None:
    for user in (cast.host_head, cast.ast, cast.officer):
        client.force_login(user)
        assert client.get(to("asts"), {"which": "all"}).status_code == 403
        assert client.get(reverse("staff:mailings")).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.write(subject="x", text="y", whom="ASTs", readers=[], by=user)
    client.force_login(cast.officer)
    assert "Write to them" not in page(client.get(reverse("staff:posts")))
    client.force_login(cast.administrator)
    assert "Write to them" in page(client.get(reverse("staff:posts")))


def test_the_pages_cost_the_same_at_1_and_30(
    office: Client, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    def costs() -> list[int]:
        found = []
        mailing = Mailing.objects.order_by("pk")[0]
        for url in (
            reverse("staff:mailings"),
            reverse("staff:mailing", args=[mailing.pk]),
            f"{to('asts')}?which=all",
            f"{to('schools')}?which=all",
        ):
            with django_assert_max_num_queries(15) as asked:
                assert office.get(url).status_code == 200
            found.append(len(asked))
        return found

    office.post(to("asts"), previewed(office, "asts", "which=all"))
    few = costs()
    PostFactory.create_batch(30)
    SchoolFactory.create_batch(30)
    for number in range(30):
        Mailing.objects.create(subject=f"No {number}", text="x", whom="ASTs", count=1, by=UserFactory())
    assert User.objects.count() > 60
    assert costs() == few
