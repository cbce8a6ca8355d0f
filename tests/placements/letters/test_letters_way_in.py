"""The letter says how to get in, for each school what works there, in the screens’ words, on one sheet (R-17.5)."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from placements.letters import actions
from placements.letters import documents as letters_documents
from placements.letters.models import LetterRound
from schools.calendar.models import Term
from staff.accounts.actions import heads
from staff.accounts.models import RoleAssignment
from staff.expertise.vocabulary import KeyStage, Subject
from tests import ROOT
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, UserFactory
from tests.placements.letters.test_letters import words_of
from tests.staff.accounts.test_signin import ask, enter, newest_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def term(cast: Cast) -> Term:
    return Term.objects.get(slug="autumn-2026")


@pytest.fixture
def built(cast: Cast, term: Term) -> LetterRound:
    return actions.build_round(term=term, by=cast.coordinator)


@pytest.mark.paper
def test_r_17_5_the_letter_says_how_to_get_in_only_where_it_works(cast: Cast, built: LetterRound) -> None:
    facts = {letter.school_id: letter.document.facts for letter in built.letters.select_related("document")}
    assert facts[cast.host.pk]["can_sign_in"] is True
    alone = SchoolFactory(name="Withy Lane School", head_name="")
    own = SchoolFactory(name="Yarrow School", email="yarrow@a.example", email_is_own=True)
    again = actions.build_round(term=built.term, by=None, number=1)
    letter = again.letters.select_related("document").get(school=alone)
    assert letter.document.facts["can_sign_in"] is False
    words = words_of(letter.document)
    assert "has no account with this service yet" in words
    assert "Email me a code" not in words
    assert "Bryony Quill" in words, "the co-ordinator signs"
    for school, address in ((cast.host, cast.host_head.email), (own, "yarrow@a.example")):
        theirs = words_of(again.letters.get(school=school).document)
        assert f"enter the e-mail address {address}. Choose “Email me a code”" in theirs
        assert "choose “Ask for AST support”" in theirs
        assert "no account" not in theirs


def test_r_17_5_the_e_mail_says_the_same(cast: Cast, term: Term) -> None:
    alone = SchoolFactory(name="Withy Lane School")
    own = SchoolFactory(name="Yarrow School", email="yarrow@a.example", email_is_own=True)
    actions.approve_round(letter_round=actions.build_round(term=term, by=None), by=cast.coordinator)
    told = {m.to_email: " ".join(m.body.split()) for m in Message.objects.filter(kind="availability-letter")}
    assert f"enter the e-mail address {cast.host_head.email}. A code is sent" in told[cast.host.email]
    assert f"enter the e-mail address {own.email}. A code is sent" in told[own.email]
    assert "has no account with this service yet" in told[alone.email]
    assert "A code is sent" not in told[alone.email]


def test_r_17_5_the_buttons_in_the_letter_are_those_on_the_screens(cast: Cast, client: Client) -> None:
    said = (ROOT / "templates/documents/_availability-letter.html").read_text(encoding="utf-8")
    sign_in = client.get("/", follow=True).content.decode()
    code = client.post(reverse("account_request_login_code"), {"email": cast.host_head.email}, follow=True)
    client.force_login(cast.host_head)
    home = client.get("/").content.decode()
    for words, page in (
        ("Email me a code", sign_in),
        ("Sign in", code.content.decode()),
        ("Ask for AST support", home),
    ):
        assert f"“{words}”" in said
        assert words in page


def test_r_17_5_given_120_schools_each_letter_names_an_address_that_signs_in(cast: Cast, term: Term) -> None:
    for n in range(120):
        SchoolFactory(name=f"Reedbank School {n:03}", email=f"head{n}@a.example", email_is_own=True)
    built = actions.build_round(term=term, by=None)
    named = [
        letter.document.facts["sign_in_as"] for letter in built.letters.filter(school__name__startswith="Reedbank")
    ]
    assert len(named) == 120
    for n, address in enumerate(named):
        if n % 40:
            assert heads.let_in(email=address) is not None
            continue
        browser = Client()
        ask(browser, address)
        enter(browser, newest_code())
        start = browser.get(reverse("placements:request_start"))
        assert start.status_code == 200, address
    assert RoleAssignment.objects.of_heads(date(2026, 10, 6)).filter(user__email__endswith="@a.example").count() == 120


@pytest.mark.paper
@pytest.mark.parametrize("signs_in", [True, False])
def test_r_17_5_a_letter_is_one_sheet_with_thirty_asts_and_every_subject(
    cast: Cast, term: Term, signs_in: bool
) -> None:
    for n in range(30):
        PostFactory(
            user=UserFactory(),
            home=cast.home,
            subjects=[Subject.values[(n * 3 + step) % len(Subject.values)] for step in range(3)],
            key_stages=tuple(KeyStage.values),
            inducted=n % 3 > 0,
        )
    Policy.objects.update(
        office_address="Shire Hall\nMarket Square\nMarlbridge\nMarlshire\nML1 1AA", office_phone="01632 960000"
    )
    school = SchoolFactory(
        name="The Venerable Thistledown and Reedbank Church of England Voluntary Aided Primary School",
        street="The Old Rectory, 114 Upper Withy Lane",
        locality="Nether Reedbank",
        address3="Near Marlbridge",
        town="Marlbridge",
        county="Marlshire",
        postcode="ML1 9ZZ",
        email="a.very.long.name.of.a.headteacher@thistledown-reedbank.marlshire.example",
        email_is_own=signs_in,
    )
    letter = actions.build_round(term=term, by=cast.coordinator).letters.get(school=school)
    assert len(letter.document.facts["expertise"]) == 22
    assert len(PdfReader(BytesIO(documents.pdf(letter.document))).pages) == 1
    assert len(PdfReader(BytesIO(letters_documents.print_run([letter, letter]))).pages) == 2
