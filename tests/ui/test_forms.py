"""Wording, dates, days and the drawing of fields."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from astcoord.ui import fields
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import DaysField, GovForm, GovModelForm
from astcoord.ui.wording import apply, lower_first, noun_of
from schools.calendar.models import AcademicYear


class Sample(GovForm):
    school_name = forms.CharField(max_length=10)
    contact = forms.EmailField(label="Email address")
    site = forms.URLField(label="Website", assume_scheme="https")
    teachers = forms.IntegerField(label="How many teachers?", min_value=1, max_value=40)
    subject = forms.ChoiceField(label="Subject", choices=[("ma", "Mathematics")])
    need = forms.ChoiceField(label="Which would help you most?", choices=[("a", "A")], widget=forms.RadioSelect)
    phases = forms.MultipleChoiceField(label="AST phases", choices=[("p", "Primary")])
    plan = forms.FileField(label="Improvement plan", validators=[FileExtensionValidator(["pdf"])])
    agreed = forms.BooleanField(label="The governors agree")
    own = forms.CharField(label="Own words", error_messages={"required": "Say it in your own words"})

    nouns = {"need": "what would help you most"}


def errors(form: forms.BaseForm) -> dict[str, str]:
    return {name: messages[0] for name, messages in form.errors.items()}


def test_empty_answers_are_asked_for_in_the_words_of_the_label() -> None:
    assert errors(Sample({})) == {
        "school_name": "Enter school name",
        "contact": "Enter email address",
        "site": "Enter website",
        "teachers": "Enter how many teachers",
        "subject": "Select subject",
        "need": "Select what would help you most",
        "phases": "Select AST phases",
        "plan": "Select improvement plan",
        "agreed": "Tick “The governors agree” to continue",
        "own": "Say it in your own words",
    }


def test_wrong_answers_say_what_would_be_right() -> None:
    data = {
        "school_name": "x" * 11,
        "contact": "no",
        "site": "http://",
        "teachers": "41",
        "subject": "xx",
        "need": "a",
        "phases": ["p"],
        "agreed": "on",
        "own": "x",
    }
    files = MultiValueDict({"plan": [SimpleUploadedFile("plan.exe", b"x")]})
    assert errors(Sample(data, files)) == {
        "school_name": "School name must be 10 characters or fewer",
        "contact": "Enter an email address in the correct format, like name@example.com",
        "site": "Enter a web address in the correct format, like https://www.example.com",
        "teachers": "How many teachers must be 40 or less",
        "subject": "Select subject from the list",
        "plan": "The selected file must be one of these: pdf",
    }


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("Start date", "start date"),
        ("AST’s own school", "AST’s own school"),
        ("URN", "URN"),
        ("What is your email address?", "your email address"),
        ("What are the aims?", "aims"),
        ("How many days?", "how many days"),
        ("Has cover been arranged?", "an answer to “Has cover been arranged?”"),
    ],
)
def test_nouns(label: str, noun: str) -> None:
    assert noun_of(label) == noun


@pytest.mark.parametrize("label", ["Day of the visit", "Day on which it was signed", "First day"])
def test_one_is_asked_for_the_day(label: str) -> None:
    field = forms.CharField(label=label)
    apply(field.label, field)
    assert field.error_messages["required"] == f"Enter the {lower_first(label)}"


def test_a_label_with_a_percent_sign_is_safe() -> None:
    class Form(GovForm):
        share = forms.IntegerField(label="Share in %", max_value=100)

    assert errors(Form({})) == {"share": "Enter share in %"}
    assert errors(Form({"share": "101"})) == {"share": "Share in % must be 100 or less"}


def when(**kwargs: Any) -> type[GovForm]:
    return type("When", (GovForm,), {"start": DateInputField(label="Start date", **kwargs)})


def posted(day: str, month: str, year: str) -> dict[str, str]:
    return {"start_day": day, "start_month": month, "start_year": year}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("27", "3", "2027"), date(2027, 3, 27)),
        ((" 1 ", "Mar", "2027"), date(2027, 3, 1)),
        (("1", "september", "2027"), date(2027, 9, 1)),
        (("29", "02", "2028"), date(2028, 2, 29)),
    ],
)
def test_dates_as_people_write_them(texts: tuple[str, str, str], expected: date) -> None:
    form = when()(posted(*texts))
    assert form.is_valid()
    assert form.cleaned_data["start"] == expected


@pytest.mark.parametrize(
    ("texts", "message", "box"),
    [
        (("", "", ""), "Enter start date", "day"),
        (("1", "", "2027"), "Start date must include a month", "month"),
        (("", "", "2027"), "Start date must include a day and month", "day"),
        (("31", "2", "2027"), "Start date must be a real date", "day"),
        (("x", "2", "2027"), "Start date must be a real date", "day"),
        (("1", "2", "27"), "Start date: year must include 4 numbers", "year"),
        (("1", "2", "0027"), "Start date must be a real date", "year"),
    ],
)
def test_date_errors_point_at_the_box(texts: tuple[str, str, str], message: str, box: str) -> None:
    form = when()(posted(*texts))
    assert fields.error_items(form) == [{"text": message, "href": f"#id_start-{box}"}]
    assert f'id="id_start-{box}"' in fields.render(form["start"])


def test_dates_outside_the_range_are_refused() -> None:
    form_class = when(earliest=date(2026, 9, 1), latest=date(2027, 8, 31))
    assert errors(form_class(posted("31", "8", "2026"))) == {
        "start": "Start date must be the same as or after 1 September 2026"
    }
    assert errors(form_class(posted("1", "9", "2027"))) == {
        "start": "Start date must be the same as or before 31 August 2027"
    }
    assert form_class(posted("1", "9", "2026")).is_valid()


def test_an_optional_date_may_be_empty_and_an_iso_date_is_understood() -> None:
    empty = when(required=False)(posted("", "", ""))
    assert empty.is_valid()
    assert empty.cleaned_data["start"] is None
    whole = when()({"start": "2027-03-27"})
    assert whole.is_valid()
    assert whole.cleaned_data["start"] == date(2027, 3, 27)
    assert not when()({"start": "soon"}).is_valid()


def test_an_initial_date_fills_the_boxes_and_counts_as_unchanged() -> None:
    html = fields.render(when()(initial={"start": date(2027, 3, 27)})["start"])
    assert all(f'value="{value}"' in html for value in ("27", "3", "2027"))
    assert not when()(posted("27", "3", "2027"), initial={"start": date(2027, 3, 27)}).has_changed()
    assert when()(posted("28", "3", "2027"), initial={"start": date(2027, 3, 27)}).has_changed()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0.3", "Days must be in quarters of a day, like 0.5 or 1.25"),
        ("-1", "Days must be 0 or more"),
        ("six", "Days must be a number, like 2.5"),
        ("1.125", "Days must be in quarters of a day, like 0.5 or 1.25"),
        ("7", "Days must be 6 or less"),
        ("", "Enter days"),
    ],
)
def test_days_are_in_quarters(text: str, message: str) -> None:
    form_class = type("Days", (GovForm,), {"days": DaysField(label="Days", most=Decimal(6))})
    assert errors(form_class({"days": text})) == {"days": message}
    good = form_class({"days": "2.75"})
    assert good.is_valid()
    assert good.cleaned_data["days"] == Decimal("2.75")


def test_model_forms_ask_dates_in_three_boxes() -> None:
    class YearForm(GovModelForm):
        class Meta:
            model = AcademicYear
            fields = ["starts_on"]

    assert isinstance(YearForm().fields["starts_on"], DateInputField)


class Choosing(GovForm):
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "First"), ("b", "Other")], widget=forms.RadioSelect, required=False
    )
    detail = forms.CharField(label="Which other", required=False)

    hints = {"kind": {"a": "The usual one"}}
    conditional = {"kind": {"b": "detail"}}


def test_a_field_under_a_choice_is_drawn_once_and_inside() -> None:
    form = Choosing()
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))
    assert html.count('name="detail"') == 1
    assert "The usual one" in html
    assert html.index('value="b"') < html.index('name="detail"')
    assert "Kind (optional)" in html


def test_errors_link_to_the_first_choice() -> None:
    form = Sample({})
    links = {item["text"]: item["href"] for item in fields.error_items(form)}
    assert links["Select what would help you most"] == "#id_need"
    assert 'id="id_need"' in fields.render(form["need"])
    assert links["Tick “The governors agree” to continue"] == "#id_agreed"
    assert 'id="id_agreed"' in fields.render(form["agreed"])


def test_error_summary_and_title() -> None:
    template = Template("{% load govuk %}{{ form|error_prefix }}|{% error_summary form %}")
    assert template.render(Context({"form": Sample()})) == "|"
    html = template.render(Context({"form": Sample({})}))
    assert html.startswith("Error: |")
    assert '<a href="#id_school_name">Enter school name</a>' in html


def test_answers_are_escaped() -> None:
    html = fields.render(Sample({"school_name": '"><script>'})["school_name"])
    assert "<script>" not in html


def test_what_is_needed_later_says_when_and_never_optional() -> None:
    class Later(GovForm):
        told_on = forms.CharField(label="When were staff told?", required=False)
        why = forms.CharField(label="If not, why?", required=False)
        note = forms.CharField(label="Note", required=False)
        needed_when = {"told_on": "needed before the first day", "why": ""}

    form = Later()
    assert "When were staff told? (needed before the first day)" in fields.render(form["told_on"])
    assert "(" not in fields.render(form["why"]).split("If not, why?")[1].split("<")[0]
    assert "Note (optional)" in fields.render(form["note"])
