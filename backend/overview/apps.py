from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "backend.overview"
    verbose_name = "总览"
