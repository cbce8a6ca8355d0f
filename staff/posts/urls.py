"""ASTs: the register, one post, the list of expertise."""

from django.urls import URLPattern, path

from astcoord.ui.loading import pages
from staff.posts.views import absence, changing, everyone, imports, moving, office, schools

urlpatterns: list[URLPattern] = [
    path("asts/", office.PostList.as_view(), name="posts"),
    *pages(imports.PAGES, "asts/import/"),
    path("asts/add/", office.post_add, name="post_add"),
    path("asts/<int:pk>/", everyone.post, name="post"),
    path("asts/<int:pk>/profile/", everyone.profile, name="profile"),
    path("asts/<int:pk>/outreach-time/", everyone.pattern, name="pattern"),
    path("asts/<int:pk>/checked/", everyone.checked, name="checked"),
    path("asts/<int:pk>/leave/", changing.leave, name="post_leave"),
    path("asts/<int:pk>/stay/", changing.stay, name="post_stay"),
    path("asts/<int:pk>/hours/", changing.hours, name="post_hours"),
    path("asts/hours/<int:pk>/remove/", changing.hours_remove, name="post_hours_remove"),
    path("asts/<int:pk>/move/", moving.move, name="post_move"),
    path("asts/moves/<int:pk>/back/", moving.move_back, name="post_move_back"),
    path("asts/<int:pk>/away/", absence.absence, name="post_absence"),
    path("asts/away/<int:pk>/", absence.change, name="absence"),
    path("asts/away/<int:pk>/remove/", absence.remove, name="absence_remove"),
    path("asts/away/<int:pk>/decided/", absence.decided, name="absence_decided"),
    path("expertise/", schools.ExpertiseList.as_view(), name="expertise"),
    path("own-asts/", schools.own_asts, name="own_asts"),
    path("me/", schools.own, name="own_post"),
]
