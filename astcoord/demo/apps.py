from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "astcoord.demo"
    verbose_name = "The fictional authority"
