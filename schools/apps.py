from django.apps import AppConfig

from astcoord.core.roles import Role


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools and the school calendar"

    def ready(self) -> None:
        from astcoord.core import subject_access  # noqa: PLC0415
        from astcoord.ui import navigation  # noqa: PLC0415  (the registry may import models)
        from schools.register.models import School  # noqa: PLC0415
        from schools.register.subject_access import SECTION  # noqa: PLC0415

        subject_access.register((School, SECTION))

        for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
            navigation.register(role, "Schools", "schools:list", order=40)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            navigation.register(
                role, "School calendar", "schools:years", order=90, hint="Years, terms, half-terms and closed days"
            )
        navigation.register(Role.HEADTEACHER, "Your school", "schools:own", order=50)
