"""Secondments: rounds, proposals, what is paid, what follows."""

from django.urls import URLPattern, path

from staff.secondments.views import deciding, grants, proposals, rounds, running

ONE = "secondments/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *rounds.RoundPages().urls(),
    path("secondment-rounds/<int:pk>/open-again/", rounds.round_reopen, name="secondment_round_reopen"),
    path("secondment-rounds/<int:pk>/propose/", proposals.proposal_add, name="proposal_add"),
    path("secondments/", proposals.ProposalList.as_view(), name="proposals"),
    path("secondments/numbers/", proposals.sums, name="secondment_sums"),
    path(ONE, proposals.proposal, name="proposal"),
    path(f"{ONE}change/", proposals.proposal_change, name="proposal_change"),
    path(f"{ONE}submit/", proposals.proposal_submit, name="proposal_submit"),
    path(f"{ONE}take-back/", proposals.proposal_recall, name="proposal_recall"),
    path(f"{ONE}withdraw/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path(f"{ONE}funding/", proposals.proposal_funding, name="proposal_funding"),
    path(f"{ONE}letters/<int:number>/", proposals.proposal_letter, name="proposal_letter"),
    path(f"{ONE}adviser/", deciding.adviser, name="proposal_adviser"),
    path(f"{ONE}endorse/", deciding.endorse, name="proposal_endorse"),
    path(f"{ONE}decide/", deciding.decide, name="proposal_decide"),
    path(f"{ONE}ask-again/", deciding.reconsider, name="proposal_reconsider"),
    path(f"{ONE}begin/", running.begin, name="secondment_begin"),
    path(f"{ONE}guide/", running.guide, name="secondment_guide"),
    path(f"{ONE}preparation/", running.step, name="secondment_step"),
    path(f"{ONE}preparation/<int:number>/remove/", running.step_remove, name="secondment_step_remove"),
    path(f"{ONE}pass/", running.record_pass, name="secondment_pass"),
    path(f"{ONE}in-post/", running.appoint, name="secondment_appoint"),
    path(f"{ONE}wish/", running.wish, name="secondment_wish"),
    path(f"{ONE}end/", running.end, name="secondment_end"),
    path(f"{ONE}go-on/", running.resume, name="secondment_resume"),
    path(f"{ONE}grants/<slug:slug>/make/", grants.make, name="grant_make"),
    path(f"{ONE}statements/<int:number>/", grants.statement, name="grant_statement"),
    path(f"{ONE}statements/<int:number>/paid/", grants.paid, name="grant_paid"),
    path(f"{ONE}statements/<int:number>/take-away/", grants.take_away, name="grant_take_away"),
]
