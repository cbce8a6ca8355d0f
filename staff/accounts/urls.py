"""People, their roles and their accounts, and the doors of signing in."""

from django.urls import URLPattern, path

from staff.accounts.views import accounts, confirming, invitations, merging, people, signin

urlpatterns: list[URLPattern] = [
    path("", people.PeopleList.as_view(), name="people"),
    path("add/", people.person_add, name="person_add"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/change/", people.person_change, name="person_change"),
    path("<int:pk>/merge/", merging.merge, name="person_merge"),
    path("<int:pk>/leave/", accounts.leave, name="person_leave"),
    path("<int:pk>/suspend/", accounts.suspend, name="person_suspend"),
    path("<int:pk>/reopen/", accounts.reopen, name="person_reopen"),
    path("<int:pk>/second-step/", accounts.reset_second_step, name="person_second_step"),
    path("heads/", invitations.Uninvited.as_view(), name="heads_uninvited"),
    path("heads/invite/", invitations.invite, name="heads_invite"),
    path("heads/invited/", invitations.Invited.as_view(), name="heads_invited"),
    path("heads/remind/", invitations.remind, name="heads_remind"),
    path("new-head/", accounts.hand_over, name="hand_over"),
    path("roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("roles/<int:pk>/subjects/", accounts.subjects, name="role_subjects"),
    path("roles/<int:pk>/invite/", accounts.invite_again, name="role_invite"),
    path("second-step/", signin.needed, name="second_step"),
    path("stay/", signin.stay, name="stay"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("sign-out-everywhere/", signin.sign_out_everywhere, name="sign_out_everywhere"),
    path("sign-in-again/", signin.again, name="sign_in_again"),
]
