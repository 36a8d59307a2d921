from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "backend.activities"
    verbose_name = "五疗"
