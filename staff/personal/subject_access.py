"""What libraries hold on a person: how they sign in. Of a second step it is told that there is one, not its secret."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from astcoord.core.personal_data import Shown

HOW = "How you sign in"
SECTIONS = (
    (
        EmailAddress,
        Shown(
            32,
            HOW,
            "what; detail: email; confirmed: verified",
            accounts=("user",),
            made={"what": lambda *_: "Codes by e-mail"},
        ),
    ),
    (
        Authenticator,
        Shown(33, HOW, "what: get_type_display; added: created_at; last used: last_used_at", accounts=("user",)),
    ),
    (
        UserSession,
        Shown(
            34,
            "Where you are signed in",
            "from: created_at; last seen: last_seen_at; address: ip; browser: user_agent",
            accounts=("user",),
        ),
    ),
)
