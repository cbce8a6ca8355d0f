from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "astcoord.ui"
    label = "ui"
    verbose_name = "Design system"
