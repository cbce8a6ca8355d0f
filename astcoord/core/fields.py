"""Model fields that Django lacks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

Choices = Iterable[tuple[str, str]]


class ChoiceSetField(models.TextField):
    """Several of a fixed set of codes, in one column, the same on SQLite and PostgreSQL.

    In Python a tuple of codes in the order of the choices; in the database "|ks1|ks2|", so that the lookup
    `key_stages__has="ks1"` is a plain LIKE. `choices` is not Django's own: the column holds many.
    """

    def __init__(self, *args: Any, options: Choices = (), **kwargs: Any) -> None:
        self.options = list(options)
        kwargs.setdefault("default", tuple)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs  # the options are words for people: changing them is no migration

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        return self.to_python(value)

    def to_python(self, value: Any) -> tuple[str, ...]:
        if not value:
            return ()
        codes = value.strip("|").split("|") if isinstance(value, str) else list(value)
        order = [code for code, _ in self.options]
        return tuple(sorted(set(codes), key=lambda c: order.index(c) if c in order else len(order)))

    def get_prep_value(self, value: Any) -> str:
        codes = self.to_python(value)
        return f"|{'|'.join(codes)}|" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: Any) -> None:
        unknown = set(value) - {code for code, _ in self.options}
        if unknown:
            raise ValidationError(f"“{sorted(unknown)[0]}” is not one of the choices")
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def labels(self, obj: models.Model) -> list[str]:
        """The words for the codes that `obj` holds, in the choices' order."""
        words = dict(self.options)
        return [str(words.get(code, code)) for code in self.to_python(self.value_from_object(obj))]

    def formfield(self, **kwargs: Any) -> forms.Field:
        settings = {
            "choices": self.options,
            "widget": forms.CheckboxSelectMultiple,
            "required": not self.blank,
            "label": kwargs.pop("label", str(self.verbose_name).capitalize()),
            "help_text": self.help_text,
        }
        for unwanted in ("choices_form_class", "form_class", "max_length"):
            kwargs.pop(unwanted, None)
        return forms.MultipleChoiceField(**{**settings, **kwargs})


@ChoiceSetField.register_lookup
class Has(models.Lookup):
    """`field__has="code"`: the set holds this code."""

    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        return f"%|{self.rhs}|%"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} LIKE %s", (*params, self.rhs)


def days_field(**kwargs: Any) -> models.DecimalField:
    """Time in days, in steps of a quarter (requirements, section 0)."""
    return models.DecimalField(max_digits=6, decimal_places=2, **kwargs)


def pounds_field(**kwargs: Any) -> models.DecimalField:
    """Money, never negative."""
    return models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(0)], **kwargs)
