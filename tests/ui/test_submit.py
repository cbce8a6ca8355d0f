"""A form's way to an action and back, and the page that shows a form."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from astcoord.core.problems import Problem, Refused
from astcoord.ui.forms import ConfirmForm, GovForm
from astcoord.ui.layout import Details, Fieldset, Submit
from astcoord.ui.submit import attempt, form_page, sent, submit


class Days(GovForm):
    days = forms.IntegerField(label="Days")
    reason = forms.CharField(label="Why?", required=False, widget=forms.Textarea)

    drawn = {"days": {"suffix": "days"}, "reason": {"rows": 3, "optional": False}}
    submit_label = "Save the days"


def asked(method: str = "get", data: Any = None) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/", data or {})
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def banners(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def refusing(*problems: Problem) -> Any:
    def act(data: Any = None) -> None:
        raise Refused(problems)

    return act


TOO_MANY = Problem("There are only 4 days left", "days", code="budget")
CLOSED = Problem("The placement has ended", code="ended")


def test_a_form_is_bound_by_what_was_posted_even_if_that_is_nothing() -> None:
    assert sent(asked()) is None
    assert sent(asked("post")) == {}
    assert Days(sent(asked("post"))).errors == {"days": ["Enter days"]}
    assert not Days(sent(asked())).is_bound


def test_the_action_gets_the_cleaned_data_and_what_it_gives_back_is_carried_on() -> None:
    done = submit(Days({"days": "3"}), lambda data: data["days"] + 1)
    assert done
    assert done.result == 4


@pytest.mark.parametrize("nothing", [None, 0, [], ""])
def test_an_action_that_gives_nothing_back_is_done_all_the_same(nothing: Any) -> None:
    assert submit(Days({"days": "3"}), lambda data: nothing)
    assert attempt(asked("post"), lambda: nothing)


@pytest.mark.parametrize("form", [Days(), Days({"days": "many"})])
def test_the_action_does_not_run_for_a_form_that_was_not_sent_or_is_wrong(form: Days) -> None:
    assert submit(form, refusing(AssertionError)) is None  # type: ignore[arg-type]


def test_refusals_stand_on_the_form_each_at_its_field_with_its_code() -> None:
    form = Days({"days": "5"})
    assert not submit(form, refusing(TOO_MANY, CLOSED, Problem("It is late", warning=True)))
    assert form.errors == {"days": [TOO_MANY.message], NON_FIELD_ERRORS: [CLOSED.message]}
    assert form.has_error("days", "budget")
    assert form.has_error(NON_FIELD_ERRORS, "ended")


def test_a_refused_button_says_every_reason_in_a_banner() -> None:
    request = asked("post")
    assert not attempt(request, refusing(CLOSED, TOO_MANY))
    assert banners(request) == [("error", CLOSED.message), ("error", TOO_MANY.message)]


def test_other_errors_are_nobodys_to_hide() -> None:
    with pytest.raises(ZeroDivisionError):
        submit(Days({"days": "5"}), lambda data: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        attempt(asked("post"), lambda: 1 / 0)


@pytest.fixture
def shown(db: None) -> Any:
    def show(form: Any, **given: Any) -> str:
        return form_page(asked(), form, **given).content.decode()

    return show


def test_the_page_of_a_form(shown: Any) -> None:
    html = shown(
        Days(),
        title="Change the days",
        caption="P-12 <b>",
        back=("Back to the start", "home"),
        lead="They count from today.",
        warning="The contract goes out again.",
        inset="Somebody has asked already.",
        beside=("Keep them", "home"),
        after=("See the policy", "staff:policy"),
    )
    assert "<title>Change the days – AST support" in html
    assert '<h1 class="govuk-heading-l">Change the days</h1>' in html
    assert '<span class="govuk-caption-l">P-12 &lt;b&gt;</span>' in html
    assert '<a href="/" class="govuk-back-link">Back to the start</a>' in html
    assert '<p class="govuk-body">They count from today.</p>' in html
    assert "govuk-warning-text" in html
    assert '<div class="govuk-inset-text">' in html
    assert 'href="/">Keep them</a>' in html.split('class="govuk-button-group"')[1].split("</div>")[0]
    assert f'href="{reverse("staff:policy")}">See the policy</a>' in html
    assert "Save the days" in html
    assert 'action="' not in html.split("<main")[1]


def test_the_page_leaves_out_what_it_is_not_given(shown: Any) -> None:
    html = shown(Days(), title="Change the days", heading="How many days?", lead=["One.", "Two."])
    assert "<title>Change the days" in html
    assert '<h1 class="govuk-heading-l">How many days?</h1>' in html
    assert html.split("</h1>")[1].count('<p class="govuk-body">') == 2
    assert not {"govuk-back-link", "govuk-caption-l", "govuk-warning-text"} & set(html.split('"'))


def test_a_fields_own_legend_can_be_the_heading(shown: Any) -> None:
    assert "<h1" not in shown(Days(), title="Change the days", heading="", lead="").split("<main")[1]


def test_a_wrong_form_has_its_summary_and_says_so_in_the_title(shown: Any) -> None:
    html = shown(Days({"days": "many"}), title="Change the days")
    assert "<title>Error: Change the days" in html
    assert 'href="#id_days"' in html
    assert html.count("There is a problem") == 1


def test_a_form_says_itself_how_its_fields_are_drawn(shown: Any) -> None:
    html = shown(Days(), title="Change the days")
    assert "govuk-input__suffix" in html
    assert 'rows="3"' in html
    assert "optional" not in html.split("<main")[1]


def test_a_form_says_its_layout_and_its_buttons(shown: Any) -> None:
    class Parts(Days):
        layout = (Fieldset("How long", "days"), "reason")
        buttons = (Submit("send", "Send"), Submit("draft", "Save as draft", tone="secondary"))

    html = shown(Parts(), title="Change the days")
    assert html.index("How long") < html.index("id_days")
    assert 'name="send"' in html
    assert 'name="draft"' in html
    assert "govuk-button--secondary" in html
    assert "Save the days" not in html


def test_fields_behind_a_link_are_shown_once_the_form_was_sent(shown: Any) -> None:
    class Folded(Days):
        layout = ("days", Details("Something else", "reason"))

    summary = '<span class="govuk-details__summary-text">'
    html = shown(Folded(), title="Change the days")
    assert "Something else" in html.split(summary)[1]
    assert 'name="reason"' in html.split(summary)[1]
    assert '<details class="govuk-details" open>' not in html
    assert '<details class="govuk-details" open>' in shown(Folded({}), title="Change the days")


def test_a_question_carries_its_answer_on_the_button(shown: Any) -> None:
    html = shown(ConfirmForm(submit="Remove it", tone="warning"), title="Remove the objective")
    assert "Remove it" in html
    assert "govuk-button--warning" in html
