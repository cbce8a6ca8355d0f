from django.apps import AppConfig

from astcoord.core import consequences, home

ROOMS = ("accounts", "feeds", "posts", "governance")
"""Those with something on the first page or in the menu."""

CHANGES = ("posts",)
"""Those of which something hangs on an AST's post (`consequences`)."""


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "People, posts and expertise"

    def ready(self) -> None:
        from staff import tasks  # noqa: F401, PLC0415

        home.register_rooms(self.name, ROOMS)
        consequences.register_rooms(self.name, CHANGES)
        _connect()


def _connect() -> None:
    """What a room answers, or does, for one that may not import it; models exist once all apps are loaded."""
    from allauth.account.signals import authentication_step_completed  # noqa: PLC0415
    from allauth.mfa import signals as second_steps  # noqa: PLC0415
    from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

    from astcoord.core import retention, subject_access  # noqa: PLC0415
    from schools.register import heads  # noqa: PLC0415
    from schools.succession.events import HANGING, WHAT_GOES  # noqa: PLC0415
    from staff.accounts import consequences, second_step, sessions  # noqa: PLC0415
    from staff.accounts.events import MERGING, RENAMED, merging_facts  # noqa: PLC0415
    from staff.accounts.models import RoleAssignment  # noqa: PLC0415
    from staff.feeds import consequences as feeds  # noqa: PLC0415
    from staff.personal.retention import LINES  # noqa: PLC0415
    from staff.personal.subject_access import SECTIONS  # noqa: PLC0415
    from staff.posts import consequences as posts  # noqa: PLC0415

    retention.register(LINES)
    subject_access.register(*SECTIONS)
    user_logged_in.connect(sessions.signed_in, dispatch_uid="staff.sessions.signed_in")
    authentication_step_completed.connect(sessions.confirmed, dispatch_uid="staff.sessions.confirmed")
    second_steps.authenticator_added.connect(second_step.came, dispatch_uid="staff.second_step.came")
    second_steps.authenticator_removed.connect(second_step.went, dispatch_uid="staff.second_step.went")
    second_steps.authenticator_used.connect(second_step.used, dispatch_uid="staff.second_step.used")
    second_steps.authenticator_reset.connect(second_step.renewed, dispatch_uid="staff.second_step.renewed")
    WHAT_GOES.register("Roles", consequences.roles, consequences.carry_roles, order=10)
    HANGING.append(consequences.hanging)
    MERGING.register("Roles", consequences.merged_roles, consequences.carry_merged_roles, order=10)
    MERGING.register("AST posts", posts.merged, posts.carry_merged, order=20)
    MERGING.register("E-mails not sent yet", consequences.merged_mail, order=80)
    MERGING.register("Calendar address", feeds.merged, feeds.carry_merged, order=90)
    merging_facts.append(posts.merging_problems)
    RENAMED.register("Contacts of schools", consequences.contacts, consequences.carry_contacts, order=10)
    RENAMED.register("E-mails not sent yet", consequences.unsent, consequences.carry_unsent, order=20)
    heads.answer_with(lambda on: RoleAssignment.objects.of_heads(on).values("school_id"))
