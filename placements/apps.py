from django.apps import AppConfig

from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role

PLANS = "Who would go where in a half-term, a term or a year"
DEMAND = "Requests that nobody can meet, by subject and phase, for recruitment"
DEPLOYMENT = "Where the days go: priorities, subjects, phases, schools never supported, share of teachers"


class PlacementsConfig(AppConfig):
    name = "placements"
    verbose_name = "Requests, matches, placements and contracts"

    def ready(self) -> None:
        # models may only be imported once all apps are loaded
        from astcoord.core import home, protected, retention  # noqa: PLC0415
        from astcoord.ui import navigation  # noqa: PLC0415
        from placements import tasks  # noqa: F401, PLC0415
        from placements.agreement.actions import fulfilment  # noqa: PLC0415
        from placements.agreement.actions.placements import open_placement  # noqa: PLC0415
        from placements.days import budgets  # noqa: PLC0415
        from placements.days import home as home_days  # noqa: PLC0415
        from placements.letters import home as home_letters  # noqa: PLC0415
        from placements.matching import home as home_matches  # noqa: PLC0415
        from placements.matching.actions import on_agreed  # noqa: PLC0415
        from placements.overview.home import placements as home_placements  # noqa: PLC0415
        from placements.overview.home import preparing as home_preparing  # noqa: PLC0415
        from placements.papers.actions import on_change  # noqa: PLC0415
        from placements.personal.retention import LINES  # noqa: PLC0415
        from placements.requests import home as home_requests  # noqa: PLC0415
        from placements.supported import home as home_supported  # noqa: PLC0415
        from placements.supported.names import of_request  # noqa: PLC0415
        from staff.posts import availability  # noqa: PLC0415
        from staff.posts.actions import on_in_post  # noqa: PLC0415

        protected.register(of_request)
        retention.register(LINES)
        on_agreed.append(lambda match, by: open_placement(match=match, by=by))
        on_change.append(lambda placement, by: fulfilment.refresh(placement, by=by))
        on_in_post.append(lambda post, by: budgets.open_for(post, by=by, today=today()))
        availability.answer_with(budgets.with_days_left)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
            navigation.register(role, "Letters", "placements:letter_rounds", order=60)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
            navigation.register(role, "Requests", "placements:queue", order=10)
        navigation.register(Role.HEADTEACHER, "Requests", "placements:requests", order=10)
        navigation.register(Role.AST, "Pass on a request", "placements:request_pass_on", order=30)
        home.register(tasks=home_letters.tasks, panels=home_letters.panels, order=40)
        home.register(tasks=home_requests.tasks, panels=home_requests.panels, order=10)
        home.register(tasks=home_matches.tasks, order=15)
        navigation.register(Role.COORDINATOR, "Matches", "placements:matches", order=20)
        navigation.register(Role.CONSULTANT, "Matches", "placements:matches", order=20)
        navigation.register(Role.AST, "Schools asking for you", "placements:asked_of_me", order=20)
        navigation.register(Role.COORDINATOR, "Plans", "placements:plans", order=25)
        for role in (Role.ADMINISTRATOR, Role.OFFICER):
            navigation.register(role, "Plans", "placements:plans", order=25, hint=PLANS)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER):
            navigation.register(role, "Demand without a match", "placements:demand", order=70, hint=DEMAND)
            navigation.register(role, "Deployment this year", "placements:deployment", order=71, hint=DEPLOYMENT)
        home.register(tasks=home_placements.tasks, order=20)
        home.register(tasks=home_supported.tasks, order=25)
        home.register(tasks=home_preparing.tasks, order=26)
        home.register(tasks=home_days.tasks, order=30)
        for role in AUTHORITY:
            navigation.register(role, "Placements", "placements:placement_list", order=30)
        navigation.register(Role.HEADTEACHER, "Placements", "placements:placements_at_school", order=30)
        navigation.register(Role.AST, "Placements", "placements:my_placements", order=10)
