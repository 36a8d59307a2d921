"""Who the session's person is, and how the API lets them in: our session cookie, with CSRF on every unsafe method."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from ninja.security import APIKeyCookie, SessionAuth

from backend.accounts.models import User
from backend.accounts.rules import person, signed_in
from backend.common.compiled_query import CompiledQuery

PEOPLE = CompiledQuery(lambda pk: User.objects.filter(pk=pk), pk=-1)


class PhoneBackend(AuthenticationBackend):  # type: ignore[misc] # allauth has no types
    """allauth's, which finds the person of a session at every request."""

    def get_user(self, user_id: int) -> User | None:
        user = PEOPLE.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class SignedIn(SessionAuth):
    """Somebody signed in. `held`: also a device that waits for a yes, which else sees nothing (HeldError)."""

    def __init__(self, *, held: bool = False) -> None:
        super().__init__(csrf=True)
        self._held = held

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        del key  # the session middleware has read it
        return signed_in(request) if self._held else person(request)


class OurPages(APIKeyCookie):
    """Anybody, signed in or not, but only from a page of ours: the CSRF token is checked."""

    param_name = "csrftoken"

    def __init__(self) -> None:
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        del request, key  # the token was right
        return True
