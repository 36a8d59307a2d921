from django.apps import AppConfig


class MomentsConfig(AppConfig):
    name = "backend.moments"
    verbose_name = "动态"
