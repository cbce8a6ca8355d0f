"""People, posts and the policy."""

from django.urls import URLPattern, path

from staff.accounts.views import accounts, signin
from staff.accounts.views.people import PeopleList, person, person_add, person_change, role_end
from staff.governance.views import audit, failed_mail, personal_data, policy
from staff.posts.views import everyone
from staff.posts.views import schools as headteacher
from staff.posts.views.office import PostList, funding, post_add

app_name = "staff"

office = [
    path("", PeopleList.as_view(), name="people"),
    path("add/", person_add, name="person_add"),
    path("<int:pk>/", person, name="person"),
    path("<int:pk>/change/", person_change, name="person_change"),
    path("<int:pk>/leave/", accounts.leave, name="person_leave"),
    path("<int:pk>/suspend/", accounts.suspend, name="person_suspend"),
    path("<int:pk>/reopen/", accounts.reopen, name="person_reopen"),
    path("<int:pk>/second-step/", accounts.reset_second_step, name="person_second_step"),
    path("new-head/", accounts.hand_over, name="hand_over"),
    path("roles/<int:pk>/end/", role_end, name="role_end"),
    path("roles/<int:pk>/subjects/", accounts.subjects, name="role_subjects"),
    path("roles/<int:pk>/invite/", accounts.invite_again, name="role_invite"),
    path("asts/", PostList.as_view(), name="posts"),
    path("asts/add/", post_add, name="post_add"),
    path("asts/<int:pk>/funding/", funding, name="funding"),
    path("failed-emails/", failed_mail.FailedList.as_view(), name="failed_mail"),
    path("failed-emails/<int:pk>/again/", failed_mail.again, name="failed_mail_again"),
    path("policy/", policy.policy, name="policy"),
    path("policy/change/", policy.policy_change, name="policy_change"),
]

everybody = [
    path("second-step/", signin.needed, name="second_step"),
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
    path("me/", headteacher.own, name="own_post"),
]

governance = [
    path("audit/", audit.AuditList.as_view(), name="audit"),
    path("retention/", personal_data.schedule, name="retention"),
    path("subject-access/", personal_data.subject_access, name="subject_access"),
]

urlpatterns: list[URLPattern] = [*office, *everybody, *schools, *governance]
