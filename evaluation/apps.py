from django.apps import AppConfig

from astcoord.core import home

ROOMS = ("diary", "corrections", "reviews", "time", "summaries", "overview")
"""Those with something on the first page or in the menu."""


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "Diary, reviews and summaries"

    def ready(self) -> None:
        home.register_rooms(self.name, ROOMS)
