"""Questionnaires as lists: the co-ordinator’s, and those that an AST was sent (R-3.10)."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation
from staff.questionnaires.rules import response_words


class QuestionnaireTable(Table):
    """The newest first."""

    noun = "questionnaire"
    empty_text = "There is no questionnaire here."

    title = LinkColumn(verbose_name="About")
    sent_on = DateColumn(verbose_name="Sent")
    closes_on = DateColumn(verbose_name="Last day to answer")
    response = columns.Column(verbose_name="Answers", empty_values=(), orderable=False)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Questionnaire
        fields = ("title", "sent_on", "closes_on", "response", "status")

    def render_response(self, record: Any) -> str:
        return response_words(record.asked, record.back) if record.sent_on else "Not sent"

    value_response = render_response


class InvitationTable(Table):
    """An AST’s own."""

    noun = "questionnaire"
    empty_text = "You have not been sent a questionnaire."

    title = LinkColumn(accessor="questionnaire__title", verbose_name="About")
    closes_on = DateColumn(accessor="questionnaire__closes_on", verbose_name="Last day to answer")
    answered_on = DateColumn(verbose_name="You answered")

    class Meta(Table.Meta):
        model = QuestionnaireInvitation
        fields = ("title", "closes_on", "answered_on")
