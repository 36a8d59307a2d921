"""Mounted at /_allauth/browser/v1/. Passwords, e-mail and the library's own sign-up are not there at all."""

from allauth.headless.constants import Client
from django.urls import path

from backend.accounts.sign_in import ConfigView, ConfirmCodeView, RequestCodeView, SessionView

urlpatterns = [
    path("config", ConfigView.as_api_view(client=Client.BROWSER)),
    path("auth/session", SessionView.as_api_view(client=Client.BROWSER)),
    path("auth/code/request", RequestCodeView.as_api_view(client=Client.BROWSER)),
    path("auth/code/confirm", ConfirmCodeView.as_api_view(client=Client.BROWSER)),
]
