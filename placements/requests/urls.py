"""Requests: the head's pages, the office's, the AST's, and the one page that all share."""

from django.urls import URLPattern, path

from placements.requests.views import everyone, headteacher, office, owning, steps, teacher

urlpatterns: list[URLPattern] = [
    path("requests/", headteacher.mine, name="requests"),
    path("requests/start/", headteacher.start, name="request_start"),
    path("requests/new/", headteacher.new, name="request_new"),
    path("requests/queue/", office.Queue.as_view(), name="queue"),
    path("requests/enter/", office.enter, name="request_enter"),
    path("requests/owners/", owning.hand_over_several, name="request_owners"),
    path("requests/pass-on/", teacher.pass_on, name="request_pass_on"),
    path("requests/<int:pk>/", everyone.detail, name="request_detail"),
    path("requests/<int:pk>/request.pdf", everyone.form_pdf, name="request_pdf"),
    path("requests/<int:pk>/declarations/", office.declarations, name="request_declarations"),
    path("requests/<int:pk>/again/", headteacher.again, name="request_again"),
    path("requests/<int:pk>/answers/<slug:slug>/", steps.step, name="request_step"),
    path("requests/<int:pk>/people/", steps.people, name="request_people"),
    path("requests/<int:pk>/people/add/", steps.person, name="request_person_add"),
    path("requests/<int:pk>/people/<int:person>/", steps.person, name="request_person"),
    path("requests/<int:pk>/people/<int:person>/remove/", steps.person_remove, name="request_person_remove"),
    path("requests/<int:pk>/check/", steps.check, name="request_check"),
    path("requests/<int:pk>/hand-over/", steps.hand_over, name="request_hand_over"),
    path("requests/<int:pk>/sent/", headteacher.receipt, name="request_sent"),
    path("requests/<int:pk>/take-back/", headteacher.unsend, name="request_unsend"),
    path("requests/<int:pk>/withdraw/", headteacher.withdraw, name="request_withdraw"),
    path("requests/<int:pk>/school/", owning.correct_school, name="request_school"),
    path("requests/<int:pk>/take-up/", office.take_up, name="request_take_up"),
    *(
        path(f"requests/<int:pk>/{decision}/", office.decide, {"decision": decision}, name=f"request_{decision}")
        for decision in office.ACT
    ),
]
