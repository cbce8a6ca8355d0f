"""People, posts and the policy."""

from django.urls import URLPattern, path

from staff.views import (
    accounts,
    audit,
    coordinator,
    everyone,
    failed_mail,
    headteacher,
    personal_data,
    policy,
    second_step,
    signin,
    teacher,
)

app_name = "staff"

office = [
    path("", coordinator.PeopleList.as_view(), name="people"),
    path("add/", coordinator.person_add, name="person_add"),
    path("<int:pk>/", coordinator.person, name="person"),
    path("<int:pk>/change/", coordinator.person_change, name="person_change"),
    path("<int:pk>/leave/", accounts.leave, name="person_leave"),
    path("<int:pk>/suspend/", accounts.suspend, name="person_suspend"),
    path("<int:pk>/reopen/", accounts.reopen, name="person_reopen"),
    path("<int:pk>/second-step/", accounts.reset_second_step, name="person_second_step"),
    path("new-head/", accounts.hand_over, name="hand_over"),
    path("roles/<int:pk>/end/", coordinator.role_end, name="role_end"),
    path("roles/<int:pk>/subjects/", accounts.subjects, name="role_subjects"),
    path("roles/<int:pk>/invite/", accounts.invite_again, name="role_invite"),
    path("asts/", coordinator.PostList.as_view(), name="posts"),
    path("asts/add/", coordinator.post_add, name="post_add"),
    path("asts/<int:pk>/funding/", coordinator.funding, name="funding"),
    path("failed-emails/", failed_mail.FailedList.as_view(), name="failed_mail"),
    path("failed-emails/<int:pk>/again/", failed_mail.again, name="failed_mail_again"),
    path("policy/", policy.policy, name="policy"),
    path("policy/change/", policy.policy_change, name="policy_change"),
]

everybody = [
    path("second-step/", second_step.needed, name="second_step"),
    path("sign-in-again/", signin.again, name="sign_in_again"),
    path("asts/<int:pk>/", everyone.post, name="post"),
    path("asts/<int:pk>/profile/", everyone.profile, name="profile"),
    path("asts/<int:pk>/outreach-time/", everyone.pattern, name="pattern"),
    path("asts/<int:pk>/induction/", everyone.induction, name="induction"),
    path("asts/<int:pk>/checked/", everyone.checked, name="checked"),
]

schools = [
    path("expertise/", headteacher.ExpertiseList.as_view(), name="expertise"),
    path("own-asts/", headteacher.own_asts, name="own_asts"),
    path("me/", teacher.own, name="own_post"),
]

governance = [
    path("audit/", audit.AuditList.as_view(), name="audit"),
    path("retention/", personal_data.schedule, name="retention"),
    path("subject-access/", personal_data.subject_access, name="subject_access"),
]

urlpatterns: list[URLPattern] = [*office, *everybody, *schools, *governance]
