"""One source for text and HTML: what is escaped where, what becomes a list or a link, and what a header may hold."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project

from astcoord.core import delivery, emails, outbox
from astcoord.core.emails import Block, Reader
from astcoord.core.models.messages import Message

OFFICE_LINK = "https://ast.marlshire.example/placements/7/?a=1&b=2"


def send(name: str, told: str) -> Message:
    """The message with the fewest facts, with `told` in the text."""
    reader = Reader(name, "siobhan@oakfield.marlshire.example", key="1")
    return emails.send("staff/accounts/emails/sign-in-changed.txt", to=reader, key="k", what=told)


@pytest.mark.django_db
def test_a_message_has_subject_greeting_text_and_signature(policy_in_force):
    message = send("Siobhán O’Hara", "A passkey & a key <new>")
    assert message.kind == "sign-in-changed"
    assert message.subject == "How you sign in to AST support has changed"
    assert message.body == (
        "Dear Siobhán O’Hara\n\nA passkey & a key <new>\n\n"
        "What is needed from you: Nothing, if this was you or you asked for it. If not, reply to this e-mail\n"
        f"By when: at once\nWhere: {outbox.link('/')}\n\n"
        "AST co-ordinator\nMarlshire County Council\nast@marlshire.example\n"
    )


@pytest.mark.django_db
def test_no_name_makes_a_header_or_a_second_line(policy_in_force):
    policy_in_force.authority_name = "Marlshire\r\nBcc: all@marlshire.example"
    reader = Reader("Eve\r\nBcc: all@marlshire.example", "eve@marlshire.example")
    subject, body = emails.render(
        "staff/accounts/emails/invitation.txt", to=reader, authority=policy_in_force, assignment="Headteacher"
    )
    assert "\n" not in subject
    assert subject.startswith("You can now sign in to Marlshire Bcc: all@marlshire.example’s")
    assert body.startswith("Dear Eve Bcc: all@marlshire.example\n\n")


def test_paragraphs_lists_and_lines():
    text = "Dear you\r\n\r\nBring:\n- a pen\n- paper\n\n\nAST co-ordinator\nMarlshire\n"
    assert list(emails.blocks(text)) == [
        Block(["Dear you"], listed=False),
        Block(["Bring:"], listed=False),
        Block(["a pen", "paper"], listed=True),
        Block(["AST co-ordinator", "Marlshire"], listed=False),
    ]


def test_html_says_the_same_escapes_everything_and_links_addresses():
    page = emails.html("Help <now>", f"Dear O’Hara & <b>Sons</b>\n\nSee it:\n{OFFICE_LINK}\n\n- one\n- two\n")
    assert "<title>Help &lt;now&gt;</title>" in page
    assert "<p>Dear O’Hara &amp; &lt;b&gt;Sons&lt;/b&gt;</p>" in page
    href = OFFICE_LINK.replace("&", "&amp;")
    assert re.search(rf'See it:<br>\n<a href="{re.escape(href)}"[^>]*>{re.escape(href)}</a></p>', page)
    assert "<li>one</li>\n<li>two</li>" in page
    assert '<html lang="en-GB">' in page


def test_a_script_in_an_answer_is_no_link():
    page = emails.html("x", "javascript:alert(1)\n\nhttps://a.example/\"onclick='x'")
    assert 'href="javascript' not in page
    assert "onclick='" not in page


@pytest.mark.django_db
def test_both_parts_are_sent_and_the_html_is_made_when_it_is_sent(policy_in_force, mailoutbox):
    message = send("Siobhán O’Hara", "A <new> key")
    delivery.deliver(message.pk)
    (sent,) = mailoutbox
    assert sent.body == message.body
    assert [(part.content, part.mimetype) for part in sent.alternatives] == [
        (emails.html(message.subject, message.body), "text/html")
    ]
    assert "A &lt;new&gt; key" in sent.alternatives[0].content


@pytest.mark.django_db
def test_an_office_without_an_address_is_not_written_to(policy_in_force):
    assert emails.office() == Reader("AST co-ordinator", "ast@marlshire.example", key="office")
    policy_in_force.office_email = ""
    policy_in_force.save()
    assert emails.office() is None


def test_e_mail_is_written_in_one_way():
    """Only `emails.send` queues: whoever queues a text of its own has no greeting, no signature and no HTML."""
    floors = ("astcoord", "schools", "staff", "placements", "evaluation")
    sources = [path for floor in floors for path in (Path(project.BASE_DIR) / floor).rglob("*.py")]
    queueing = {path.name for path in sources if "outbox.queue(" in path.read_text()}
    assert queueing == {"emails.py"}
