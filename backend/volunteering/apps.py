from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "backend.volunteering"
    verbose_name = "志愿服务"
