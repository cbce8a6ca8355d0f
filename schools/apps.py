from django.apps import AppConfig

from astcoord.core import home, search
from astcoord.ui import about

ROOMS = ("register", "calendar", "succession")
"""Those with something in the menu."""

FOUND = ("register",)
"""Those of which something is found by the search in the header (`search`)."""

ABOUT = ("register",)
"""Those that say what belongs to a thing, on every page about it (`about`)."""


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools and the school calendar"

    def ready(self) -> None:
        # models may only be imported once all apps are loaded
        from astcoord.core import subject_access  # noqa: PLC0415
        from schools.register.models import School  # noqa: PLC0415
        from schools.register.subject_access import SECTION  # noqa: PLC0415
        from schools.succession import consequences  # noqa: PLC0415
        from schools.succession.events import WHAT_GOES  # noqa: PLC0415

        home.register_rooms(self.name, ROOMS)
        search.register_rooms(self.name, FOUND)
        about.register_rooms(self.name, ABOUT)
        subject_access.register((School, SECTION))
        WHAT_GOES.register("Contacts", consequences.contacts, consequences.carry_contacts, order=20)
        WHAT_GOES.register("Feeder schools", consequences.feeders, consequences.carry_feeders, order=30)
