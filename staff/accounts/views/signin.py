"""Signing in: a code by e-mail, also for a head whose own address the office has entered; and setting up a second step.

What the sign-in package does is left to it. Ours is one thing: a code for somebody who has no account yet, and gets
one with the code (docs/decisions/0016-a-head-signs-in-by-the-own-address.md).
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from astcoord.core import tries
from astcoord.core.access import Request, public, signed_in
from astcoord.core.clock import today
from astcoord.core.problems import Refused
from astcoord.core.words import say_later
from staff.accounts import reads, sessions
from staff.accounts.actions import accounts, heads
from staff.accounts.models import User
from staff.accounts.second_step import is_offered, is_wanting

GONE = say_later("This code no longer lets you in. Ask the AST co-ordinator.")


class AwaitedProcess(LoginCodeVerificationProcess):
    """A code for an address that the office has entered as a head's own, while there is no account with it."""

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> None:
        """Send the code, and keep it where the package looks for it. No account is made."""
        login = Login(email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """As for somebody who has an account."""
        context = {"request": self.request, "code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, context)
        self.add_sent_message({"email": email, "recipient": email})


@public("signing in: ask for a code")
class RequestCode(RequestLoginCodeView):
    """The same page for every address, known, unknown or awaited, and the same work."""

    def form_valid(self, form: Any) -> HttpResponse:
        email = form.cleaned_data["email"]
        sessions.remember(self.request, form._user)
        awaited = reads.awaited(email, today())
        if form._user is None and awaited:
            AwaitedProcess.begin(self.request, email)
            return redirect(self.get_success_url())
        answer: HttpResponse = super().form_valid(form)
        return answer


@public("signing in: enter the code")
class ConfirmCode(ConfirmLoginCodeView):
    """The right code gives the headships that wait for the address, and the account if there is none.

    The package counts the tries in the session, where many at once overwrite each other's; we count them in the
    database, and there one request alone uses the code.
    """

    @property
    def _secret(self) -> str:
        """Names the code that is out."""
        state = self._process.state
        return f"sign-in code:{state.get('email')}:{state['at']}:{self.request.session.session_key}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        most, within = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
        if tries.one_more(self._secret, most=most, within=within):
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        return self._sent_twice() if tries.is_used(self._secret) else self._ended()

    def form_invalid(self, form: Any) -> HttpResponse:
        if tries.left(self._secret, most=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS):
            return FormView.form_invalid(self, form)
        return self._ended()

    def form_valid(self, form: Any) -> HttpResponse:
        if not tries.use(self._secret):
            return self._sent_twice()
        asked_for = self._process.user
        if asked_for is not None and asked_for.is_active and not sessions.is_unchanged(self.request, asked_for):
            return self._refuse(sessions.CHANGED)
        email = self._process.state["email"]
        try:
            person = heads.let_in(email=email)
        except Refused:  # the account was suspended at this very moment
            person = None
        if person is None and self._process.user is None:
            person = User.objects.filter(email__iexact=email, is_active=True).first()
            if person is None:
                return self._refuse(GONE)
        if person is not None:
            self._process._user = person
            sessions.remember(self.request, person)
        sessions.ask_to_remember(self.request, email, asked=form.cleaned_data.get("remember", False))
        answer: HttpResponse = super().form_valid(form)
        return answer

    def _sent_twice(self) -> HttpResponse:
        """A double click: the first has signed in, and goes on with its own session. This one leaves it alone."""
        return redirect(self.get_next_url() or "home")

    def _ended(self) -> HttpResponse:
        return self._refuse(get_adapter().error_messages["too_many_login_attempts"])

    def _refuse(self, words: str) -> HttpResponse:
        self._process.abort()
        messages.error(self.request, words)
        return redirect(reverse("account_request_login_code"))


request_code = RequestCode.as_view()
confirm_code = ConfirmCode.as_view()


@public("signing in: forget the code that is out, and ask for a new one or begin again")
@require_POST
def again(request: Request) -> HttpResponse:
    """The code that is out is worth nothing from here on. A new one is asked for like the first, limits included."""
    if request.user.is_authenticated:
        return redirect("home")
    clear_login(request)
    if request.POST.get("email"):
        answer: HttpResponse = request_code(request)
        return answer
    return redirect(reverse("account_request_login_code"))


@signed_in
def needed(request: Request) -> HttpResponse:
    """The two ways to set up a second step: for whoever needs one, and for whoever is asked whether they want one."""
    wanting = is_wanting(request.user)
    if not wanting and not is_offered(request.user):
        return redirect("home")
    if request.method == "POST" and not wanting:
        User.objects.filter(pk=request.user.pk).update(second_step_declined=timezone.now())
        messages.success(request, "Nothing changes. If you want a second step later, open “Security” in the menu.")
        return redirect("home")
    out = [{"text": "Sign out", "href": reverse("account_logout")}]
    context = {"navigation": out} if wanting else {"offered": True}
    return render(request, "staff/accounts/second_step.html", context)


@signed_in
def stay(request: Request) -> HttpResponse:
    """Nothing but a use of the session, for whoever is warned that it is about to end (WCAG 2.2.1)."""
    return HttpResponse("You are signed in.", content_type="text/plain")


@signed_in
@require_POST
def sign_out_everywhere(request: Request) -> HttpResponse:
    """End one's own sessions on every machine, this one included."""
    accounts.sign_out_everywhere(person=request.user)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("home")
