from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "backend.visits"
    verbose_name = "来访"
