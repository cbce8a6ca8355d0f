from django.urls import include, path

from astcoord.core.views import home, set_up_leave, set_up_take_up, tasks
from staff.accounts.views import signin

handler500 = "astcoord.core.views.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("tasks/", tasks, name="tasks"),
    path("set-up/<slug:code>/leave/", set_up_leave, name="set_up_leave"),
    path("set-up/<slug:code>/take-up/", set_up_take_up, name="set_up_take_up"),
    path("", include("astcoord.ui.urls")),
    path("", include("astcoord.core.urls")),
    path("", include("astcoord.samples.urls")),
    path("accounts/login/code/", signin.request_code, name="account_request_login_code"),
    path("accounts/login/code/confirm/", signin.confirm_code, name="account_confirm_login_code"),
    path("accounts/", include("allauth.urls")),
    path("schools/", include("schools.urls")),
    path("people/", include("staff.urls")),
    path("", include("placements.urls")),
    path("", include("evaluation.urls")),
]
