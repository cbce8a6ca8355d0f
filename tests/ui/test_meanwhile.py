"""R-17.10: a form that was opened before somebody else's change does not undo it."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from astcoord.core import policy
from astcoord.ui import kept, meanwhile
from astcoord.ui.forms import DateInputField, GovForm
from astcoord.ui.templatetags.govuk import fields
from schools.register.models import School
from staff.accounts.models import User
from tests.cast import Cast
from tests.drawn import drawn
from tests.factories import RequestFactory
from tests.schools.pages import text

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
CHOICES = [("a", "Apples"), ("b", "Pears"), ("c", "Plums")]


class Thing(GovForm):
    edits = True
    suggested = frozenset({"on"})

    name = forms.CharField(label="Name", required=False)
    words = forms.CharField(label="Words", required=False, widget=forms.Textarea)
    number = forms.DecimalField(label="Number", required=False)
    day = DateInputField(label="Day", required=False)
    kind = forms.ChoiceField(label="Kind", choices=CHOICES, widget=forms.RadioSelect, required=False)
    several = forms.MultipleChoiceField(
        label="Several", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    ticked = forms.BooleanField(label="Ticked", required=False)
    on = DateInputField(label="On", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


STORED = {
    "name": "Wren ",
    "words": "One\nTwo\n",
    "number": "2.50",
    "day": date(2026, 10, 5),
    "kind": "a",
    "several": ("b", "a"),
    "ticked": True,
    "on": date(2026, 10, 6),
    "version": 1,
}
DRAWN: dict[str, Any] = {
    "name": "Wren ",
    "words": "One\r\nTwo",
    "number": "2.50",
    "day_day": "5",
    "day_month": "10",
    "day_year": "2026",
    "kind": "a",
    "several": ["a", "b"],
    "ticked": "on",
    "on_day": "6",
    "on_month": "10",
    "on_year": "2026",
    "version": "1",
}
LATER = {
    "name": "Robin",
    "words": "Three",
    "number": "3.00",
    "day": date(2027, 1, 9),
    "kind": "c",
    "several": ("c",),
    "ticked": False,
    "on": date(2026, 10, 7),
    "version": 2,
}


def shown(form: Any) -> str:
    found = HIDDEN.search(str(form.shown))
    assert found
    return found[2]


def sent(base: str, **changed: Any) -> QueryDict:
    """What a browser sends of a form that was drawn with `STORED`, with some boxes changed."""
    data = QueryDict(mutable=True)
    for name, value in {**DRAWN, kept.SHOWN: base, **changed}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.fixture
def base() -> str:
    return shown(Thing(initial=STORED))


def test_r_17_10_what_was_not_touched_takes_the_value_of_today_whatever_its_kind(base: str) -> None:
    form = Thing(sent(base), initial=LATER)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Robin",
        "words": "Three",
        "number": 3,
        "day": date(2027, 1, 9),
        "kind": "c",
        "several": ["c"],
        "ticked": False,
        "on": date(2026, 10, 6),
        "version": 1,
    }, "a suggestion and a hidden version are taken as they were sent"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "Lark"}, "“Robin”"),
        ({"words": "Four"}, "“Three”"),
        ({"number": "4"}, "“3.00”"),
        ({"day_day": "12"}, "9 1 2027"),
        ({"kind": "b"}, "“Plums”"),
        ({"several": ["a"]}, "“Plums”"),
    ],
)
def test_r_17_10_what_two_have_changed_comes_back_with_both_and_is_then_decided(
    base: str, changed: dict[str, Any], said: str
) -> None:
    name = next(iter(changed)).partition("_")[0]
    form = Thing(sent(base, **changed), initial=LATER)
    assert list(form.errors) == [name]
    assert meanwhile.CHANGED in form.errors[name]
    assert str(form[name].help_text) == f"What was saved meanwhile: {said}"
    assert Thing(sent(shown(form), **changed), initial=LATER).is_valid(), "sent again, it is decided"
    other = Thing(sent(shown(form), **changed), initial={**LATER, name: STORED[name]})
    assert not other.is_valid(), "unless it was changed once more"


def test_r_17_10_what_nobody_else_changed_is_saved(base: str) -> None:
    form = Thing(sent(base, name="Lark", several=[]), initial=STORED)
    assert form.is_valid()
    assert (form.cleaned_data["name"], form.cleaned_data["several"]) == ("Lark", [])


def test_r_17_10_the_same_change_by_two_is_no_clash(base: str) -> None:
    assert Thing(sent(base, name="Robin", day_day="9", day_month="1", day_year="2027"), initial=LATER).is_valid()


def test_r_17_10_a_tick_that_one_set_and_the_other_saw_stays(base: str) -> None:
    form = Thing(sent(base, name="Lark"), initial={**STORED, "ticked": False})
    assert form.is_valid()
    assert form.cleaned_data["ticked"] is False


def test_r_17_10_an_error_elsewhere_keeps_what_the_form_first_showed(base: str) -> None:
    wrong = Thing(sent(base, number="many"), initial=STORED)
    assert list(wrong.errors) == ["number"]
    again = Thing(sent(shown(wrong), name="Lark"), initial=LATER)
    assert list(again.errors) == ["name"]


@pytest.mark.parametrize("forged", ["", "x", "e30:1abc:forged"])
def test_a_form_that_does_not_say_what_it_showed_is_taken_as_it_is(forged: str) -> None:
    form = Thing(sent(forged, name="Lark"), initial=LATER)
    assert form.is_valid()
    assert form.cleaned_data["words"] == "One\r\nTwo"


def test_r_17_10_what_is_stored_and_no_longer_offered_does_not_count_as_touched() -> None:
    stored = {**STORED, "kind": "z", "several": ("a", "z")}
    data = sent(shown(Thing(initial=stored)), several=["a"])
    del data["kind"]
    assert Thing(data, initial=stored).touched() == set()


def test_a_form_that_adds_something_says_nothing() -> None:
    form = Thing(initial=STORED)
    form.edits = False
    assert form.shown == ""


def test_it_tells_nothing_of_what_it_showed(base: str) -> None:
    """Digests with our own key: nobody learns a value by trying likely ones."""
    assert base != shown(Thing(initial=LATER))
    assert "Wren" not in base


class Under(GovForm):
    """A text area under a choice, as a component draws it."""

    conditional = {"kind": {"a": "words"}}
    kind = forms.ChoiceField(label="Kind", choices=CHOICES, widget=forms.RadioSelect)
    words = forms.CharField(label="Words", widget=forms.Textarea)


def test_a_text_under_a_choice_comes_back_as_it_was_written() -> None:
    """Not indented with what stands around it: those would be spaces that nobody typed."""
    form = Under(initial={"kind": "a", "words": "One\nTwo"})
    page = f'<form method="post">{fields(form)}</form>'
    assert drawn(page)[0][1]["words"] == ["One\r\nTwo"]


def opened(client: Client, url: str) -> dict[str, Any]:
    """Everything that a browser would send of the page's form, untouched."""
    sent = next(sent for _, sent in drawn(text(client.get(url))) if kept.SHOWN in sent)
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_r_17_10_two_at_once_on_a_schools_contacts(cast: Cast) -> None:
    """The rule's example: the office and the head have the form open at once."""
    url = reverse("schools:contacts", args=[cast.host.urn])
    School.objects.filter(pk=cast.host.pk).update(email="old@fernleigh.example", chair_name="Ms P Underhill")
    office, head = signed_in(cast.coordinator), signed_in(cast.host_head)
    by_head, by_office = opened(head, url), opened(office, url)

    first = office.post(url, {**by_office, "email": "new@fernleigh.example", "head_name": "Ms Rowan Oakhanger"})
    assert first.status_code == 302, text(first)
    second = head.post(url, {**by_head, "chair_name": "Mr C Dunlin"})
    assert second.status_code == 302, text(second)
    cast.host.refresh_from_db()
    assert cast.host.email == "new@fernleigh.example"
    assert cast.host.head_name == "Ms Rowan Oakhanger"
    assert cast.host.chair_name == "Mr C Dunlin"

    late = {**by_office, "chair_name": "Mrs A Teal"}
    clash = office.post(url, late)
    assert clash.status_code == 200
    said = unescape(text(clash))
    assert meanwhile.CHANGED in said
    assert "What was saved meanwhile: “Mr C Dunlin”" in said
    assert 'value="Mrs A Teal"' in said
    assert 'value="new@fernleigh.example"' in said, "the office’s own change is not undone by its older form"
    cast.host.refresh_from_db()
    assert cast.host.chair_name == "Mr C Dunlin"

    base = dict(HIDDEN.findall(said.partition("<main")[2]))
    decided = office.post(url, {**late, **base, "email": "new@fernleigh.example"})
    assert decided.status_code == 302
    cast.host.refresh_from_db()
    assert (cast.host.chair_name, cast.host.email) == ("Mrs A Teal", "new@fernleigh.example")


@pytest.mark.django_db
def test_r_17_10_after_signing_in_again_a_kept_form_still_knows_what_it_showed(cast: Cast) -> None:
    url = reverse("schools:contacts", args=[cast.host.urn])
    head = signed_in(cast.host_head)
    form = opened(head, url)
    head.session.flush()
    head.post(url, {**form, "chair_name": "Mr C Dunlin"})
    School.objects.filter(pk=cast.host.pk).update(chair_name="Mrs A Teal", email="new@fernleigh.example")
    session = head.session
    assert kept.IN_SESSION in session
    kept_form = session[kept.IN_SESSION]
    head.force_login(cast.host_head)
    session = head.session
    session[kept.IN_SESSION] = kept_form
    session.save()
    again = opened(head, url)
    assert again["chair_name"] == "Mr C Dunlin"
    said = unescape(text(head.post(url, again)))
    assert "What was saved meanwhile: “Mrs A Teal”" in said


@pytest.mark.django_db
def test_r_17_10_two_windows_on_one_account(cast: Cast) -> None:
    """One puts the name right, the other the address: both hold."""
    url = reverse("staff:person_change", args=[cast.ast.pk])
    one, two = signed_in(cast.coordinator), signed_in(cast.coordinator)
    by_one, by_two = opened(one, url), opened(two, url)
    assert one.post(url, {**by_one, "name": "Wren Castellow-Moss"}).status_code == 302
    assert two.post(url, {**by_two, "email": "w.castellow@marlshire.example"}).status_code == 302
    cast.ast.refresh_from_db()
    assert (cast.ast.name, cast.ast.email) == ("Wren Castellow-Moss", "w.castellow@marlshire.example")


@pytest.mark.django_db
def test_r_17_10_the_head_and_the_office_in_one_draft(cast: Cast) -> None:
    """A long text that both have changed comes back with both; one that only the other wrote is kept."""
    asked = RequestFactory(host=cast.host, created_by=cast.coordinator, status="draft", task="", training_need="")
    url = reverse("placements:request_step", args=[asked.pk, "aims"])
    office, head = signed_in(cast.coordinator), signed_in(cast.host_head)
    by_office, by_head = opened(office, url), opened(head, url)
    names = [name for name in by_head if name not in kept.NOT_ANSWERS | {kept.SHOWN, "submit"}]
    first = names[0]
    assert set(names) == {"task", "training_need"}
    office.post(url, {**by_office, **dict.fromkeys(names, "What the office heard.\nOn the telephone.")})
    clash = head.post(url, {**by_head, first: "What the head means."})
    assert clash.status_code == 200
    said = " ".join(unescape(text(clash)).split())
    assert "What was saved meanwhile: “What the office heard. On the telephone.”" in said
    assert "What the head means." in said
    assert said.count(meanwhile.CHANGED) == 2, "of one field: at the top and beside it"
    asked.refresh_from_db()
    assert getattr(asked, first) == "What the office heard.\nOn the telephone."


@pytest.mark.django_db
def test_r_17_10_two_on_the_policy_change_what_each_touched(cast: Cast) -> None:
    """What is asked on the page between form and saving does not lose what the form showed."""
    url = reverse("staff:policy_change")
    one, two = signed_in(cast.coordinator), signed_in(cast.coordinator)
    by_one, by_two = opened(one, url), opened(two, url)
    phone = {"office_phone": "01632 960001"}
    for client, form in ((one, {**by_one, "office_email": "new@marlshire.example"}), (two, {**by_two, **phone})):
        check = client.post(url, form)
        carried = next(sent for _, sent in drawn(text(check)) if "office_email" in sent)
        assert kept.SHOWN in carried
        saved = client.post(url, {**carried, "confirm": "1"})
        assert saved.status_code == 302, text(saved)
    now = policy.in_force()
    assert (now.office_email, now.office_phone) == ("new@marlshire.example", "01632 960001")
