from django.apps import AppConfig


class HomesConfig(AppConfig):
    name = "backend.homes"
    verbose_name = "家园"
