from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "backend.people"
    verbose_name = "成员与家属"
