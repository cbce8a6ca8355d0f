"""Protocol, terms, and contract of a placement. Pages under `<pk>` are shared by all parties."""

from django.urls import URLPattern, path

from placements.agreement.views import contracts, office, parties, peers, priorities, protocol, supported

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/circulation/", parties.circulation, name="circulation"),
    path("placements/<int:pk>/papers/seen/", parties.papers_seen, name="papers_seen"),
    path("placements/<int:pk>/cover/", parties.cover, name="cover"),
    path("placements/<int:pk>/visit/", parties.visit_agree, name="visit_agree"),
    path("placements/<int:pk>/meeting/", office.meeting_call, name="meeting_call"),
    path("placements/<int:pk>/meeting/held/", office.meeting_hold, name="meeting_hold"),
    path("placements/<int:pk>/peer/", peers.peer, name="peer"),
    path("placements/<int:pk>/peer/answer/", peers.answer, name="peer_answer"),
    path("placements/<int:pk>/peer/invite/", peers.invite, name="peer_invite"),
    path("placements/<int:pk>/peer/take-back/", peers.take_back, name="peer_take_back"),
    path("placements/<int:pk>/protocol/", protocol.checklist, name="placement_protocol"),
    path("placements/<int:pk>/protocol/<int:number>/", protocol.item, name="placement_item"),
    path("placements/<int:pk>/protocol/<int:number>/mark/", protocol.mark, name="placement_item_mark"),
    path("placements/<int:pk>/protocol/confirm/", office.confirm, name="protocol_confirm"),
    path("placements/<int:pk>/protocol/reopen/", office.reopen, name="protocol_reopen"),
    path("placements/<int:pk>/protocol.pdf", protocol.agenda_pdf, name="protocol_pdf"),
    path("placements/<int:pk>/role.pdf", protocol.role_pdf, name="role_pdf"),
    path("placements/<int:pk>/for-all-staff.pdf", protocol.pack_pdf, name="pack_pdf"),
    path("placements/<int:pk>/role/send/", office.send_role, name="role_send"),
    path("placements/<int:pk>/terms/", contracts.terms, name="placement_terms"),
    path("placements/<int:pk>/objectives/", contracts.objectives, name="placement_objectives"),
    path("placements/<int:pk>/objectives/add/", contracts.objective_add, name="objective_add"),
    path("placements/<int:pk>/objectives/<int:number>/", contracts.objective_change, name="objective_change"),
    path("placements/<int:pk>/objectives/<int:number>/remove/", contracts.objective_remove, name="objective_remove"),
    path("placements/<int:pk>/contract/", contracts.contract, name="contract"),
    path("placements/<int:pk>/contract/unsign/", contracts.unsign, name="contract_unsign"),
    path("placements/<int:pk>/contract/issue/", office.issue, name="contract_issue"),
    path("placements/<int:pk>/contract/draft.pdf", contracts.draft_pdf, name="contract_draft_pdf"),
    path("placements/<int:pk>/contract/<int:number>.pdf", contracts.contract_pdf, name="contract_pdf"),
    path("placements/<int:pk>/override/", office.override, name="protocol_override"),
    path("placements/<int:pk>/priorities/", priorities.of_placement, name="placement_priorities"),
    path("my-part/<str:token>/contract.pdf", supported.contract_for_person, name="contract_for_person"),
    path("my-part/<str:token>/ten-items.pdf", supported.protocol_for_person, name="protocol_for_person"),
]
