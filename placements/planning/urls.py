"""Deployment plans, and the demand that they leave."""

from django.urls import URLPattern, path

from placements.planning.views import accept, plans

urlpatterns: list[URLPattern] = [
    path("plans/", plans.Plans.as_view(), name="plans"),
    path("plans/new/", plans.new, name="plan_new"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/progress/", plans.progress, name="plan_progress"),
    path("plans/<int:pk>/cancel/", plans.cancel, name="plan_cancel"),
    path("plans/<int:pk>/again/", plans.again, name="plan_again"),
    path("plans/<int:pk>/not-met/", plans.unmet, name="plan_unmet"),
    path("plans/<int:pk>/drawn/", plans.drawn, name="plan_drawn"),
    path("plans/<int:pk>/record/", plans.record, name="plan_record"),
    path("plans/<int:pk>/verify/", plans.verify, name="plan_verify"),
    path("plans/<int:pk>/compare/", plans.compare, name="plan_compare"),
    path("plans/<int:pk>/what-if/<slug:kind>/", plans.what_if, name="plan_what_if"),
    path("plans/<int:pk>/pair/<int:request_pk>/<int:post_pk>/", accept.pair, name="plan_pair"),
    path("plans/<int:pk>/accept/", accept.accept, name="plan_accept"),
    path("plans/<int:pk>/lines/<int:line_pk>/", accept.line, name="plan_line"),
    path("demand/", plans.demand, name="demand"),
]
