from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "backend.attendance"
    verbose_name = "到离"
