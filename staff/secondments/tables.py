"""Rounds, salaries and proposals as lists."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from schools.register.lifecycle import Phase
from staff.secondments.models import Proposal, SecondmentRound


class RoundTable(Table):
    """The newest first."""

    noun = "round"
    empty_text = "No round of secondments has been opened yet."

    name = LinkColumn(verbose_name="Round")
    opens_on = DateColumn(verbose_name="First day")
    closes_on = DateColumn(verbose_name="Closing day")
    phases = columns.Column(verbose_name="Schools", orderable=False)

    class Meta(Table.Meta):
        model = SecondmentRound
        fields = ("name", "opens_on", "closes_on", "phases")

    def render_phases(self, value: Any) -> str:
        return ", ".join(str(Phase(each).label) for each in value)

    value_phases = render_phases


class ProposalTable(Table):
    """Whom, where, how it stands."""

    noun = "proposal"
    empty_text = "There is no proposal for a secondment here."

    aspirant_name = LinkColumn(verbose_name="Teacher")
    school = columns.Column(accessor="school__name", verbose_name="School", order_by=("school__name_key",))
    subjects = columns.Column(verbose_name="Subjects", orderable=False)
    round = columns.Column(accessor="round__name", verbose_name="Round")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Proposal
        fields = ("aspirant_name", "school", "subjects", "round", "status")

    def render_subjects(self, record: Proposal) -> str:
        field: Any = Proposal._meta.get_field("subjects")
        return ", ".join(field.labels(record))

    value_subjects = render_subjects
