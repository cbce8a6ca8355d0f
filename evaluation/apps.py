from django.apps import AppConfig

from astcoord.core.roles import AUTHORITY, Role


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "Diary, reviews and summaries"

    def ready(self) -> None:
        # models may only be imported once all apps are loaded
        from astcoord.core import home  # noqa: PLC0415
        from astcoord.ui import navigation  # noqa: PLC0415
        from evaluation.overview import home as overview  # noqa: PLC0415

        navigation.register(Role.AST, "Diary", "evaluation:diary", order=10)
        for role in (*AUTHORITY, Role.AST, Role.HEADTEACHER):
            navigation.register(role, "Reviews", "evaluation:reviews", order=52)
            navigation.register(
                role, "Time", "evaluation:time", order=54, hint="Outreach days by school, activity and term"
            )
        navigation.register(Role.GOVERNOR, "Summaries", "evaluation:summaries", order=10)
        home.register(tasks=overview.tasks, panels=overview.panels, order=30)
