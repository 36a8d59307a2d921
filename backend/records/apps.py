from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "backend.records"
    verbose_name = "服务记录"
