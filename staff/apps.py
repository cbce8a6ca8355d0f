from django.apps import AppConfig

from astcoord.core.roles import Role


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "People, posts and expertise"

    def ready(self) -> None:
        # models may only be imported once all apps are loaded
        from allauth.mfa import signals as second_steps  # noqa: PLC0415

        from astcoord.core import home, retention, subject_access  # noqa: PLC0415
        from astcoord.ui import navigation  # noqa: PLC0415
        from schools.register import heads  # noqa: PLC0415
        from staff.accounts import second_step  # noqa: PLC0415
        from staff.accounts.models import RoleAssignment  # noqa: PLC0415
        from staff.personal.retention import LINES  # noqa: PLC0415
        from staff.personal.subject_access import SECTIONS  # noqa: PLC0415
        from staff.posts import home as first_page  # noqa: PLC0415

        retention.register(LINES)
        subject_access.register(*SECTIONS)
        second_steps.authenticator_added.connect(second_step.came, dispatch_uid="staff.second_step.came")
        second_steps.authenticator_removed.connect(second_step.went, dispatch_uid="staff.second_step.went")
        heads.answer_with(
            lambda on: (
                RoleAssignment.objects.in_force(on)
                .filter(role=Role.HEADTEACHER, user__is_active=True)
                .values("school_id")
            )
        )
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
            navigation.register(role, "ASTs", "staff:posts", order=50)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            navigation.register(role, "People", "staff:people", order=80, hint="Who can sign in, and in which role")
        for role in (Role.COORDINATOR, Role.OFFICER):
            navigation.register(
                role, "Policy", "staff:policy", order=95, hint="What the authority has decided, and from when"
            )
        navigation.register(
            Role.COORDINATOR, "Audit trail", "staff:audit", order=96, hint="Who did, signed, exported or looked at what"
        )
        navigation.register(
            Role.COORDINATOR, "Personal data", "staff:retention", order=97, hint="What is kept on whom, and how long"
        )
        navigation.register(Role.HEADTEACHER, "What ASTs can help with", "staff:expertise", order=30)
        navigation.register(Role.HEADTEACHER, "Your ASTs", "staff:own_asts", order=45)
        navigation.register(Role.AST, "Your profile", "staff:own_post", order=50)
        home.register(tasks=first_page.tasks, order=60)
