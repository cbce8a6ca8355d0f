"""What the authority has decided, who did what, what is kept on whom, and what could not be sent."""

from django.urls import URLPattern, path

from staff.governance.views import audit, doubtful_mail, failed_mail, personal_data, policy, records, unreachable_mail

urlpatterns: list[URLPattern] = [
    path("failed-emails/", failed_mail.FailedList.as_view(), name="failed_mail"),
    path("failed-emails/<int:pk>/again/", failed_mail.again, name="failed_mail_again"),
    path("doubtful-emails/", doubtful_mail.doubtful_mail, name="doubtful_mail"),
    path("unreachable-addresses/", unreachable_mail.unreachable_mail, name="unreachable"),
    path("policy/", policy.policy, name="policy"),
    path("policy/change/", policy.policy_change, name="policy_change"),
    path("policy/preset/", policy.policy_preset, name="policy_preset"),
    path("audit/", audit.AuditList.as_view(), name="audit"),
    path("records/", records.MismatchList.as_view(), name="mismatches"),
    path("retention/", personal_data.schedule, name="retention"),
    path("subject-access/", personal_data.subject_access, name="subject_access"),
]
