from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "astcoord.bench"
    verbose_name = "Benches"
