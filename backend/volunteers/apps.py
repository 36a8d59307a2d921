from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "backend.volunteers"
    verbose_name = "志愿者"
