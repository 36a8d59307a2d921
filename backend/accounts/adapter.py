"""What the sign-in library asks of us: where a person's number is kept, and how a code reaches it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from backend.accounts import rules, services
from backend.accounts.labels import device_label
from backend.accounts.models import User
from backend.accounts.sms import gateway
from backend.common.errors import InvalidError


def ours(user: AbstractBaseUser) -> User:
    if not isinstance(user, User):
        raise TypeError(user)
    return user


class PhoneAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "验证码不对，请看清短信再输一次。",
        "unknown_phone": rules.BAD_PHONE,
    }

    def clean_phone(self, phone: str) -> str:
        try:
            return rules.e164(phone)
        except InvalidError as refusal:
            raise ValidationError(refusal.message, code="invalid_phone") from refusal

    def phone_form_field(self, **kwargs: Any) -> Any:
        """Without the library's E.164 validator, which would refuse the 11 digits people type."""
        return super().phone_form_field(validators=[], **kwargs)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is one way in for known and unknown numbers; the library's second one is shut."""
        del request
        return False

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        person = ours(user)
        return (person.phone, person.confirmed_at is not None) if person.phone else None

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:  # noqa: FBT001 - the library's signature
        del verified
        person = ours(user)
        person.phone = phone
        person.save(update_fields=["phone"])

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        del phone
        services.confirm_phone(user=ours(user))

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def generate_login_code(self) -> str:
        return gateway().new_code()

    def generate_phone_verification_code(self, *, user: AbstractBaseUser, phone: str) -> str:
        del user, phone
        return gateway().new_code()

    def send_verification_code_sms(self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any) -> None:
        del user, kwargs
        gateway().send_code(phone=phone, code=code)

    def get_client_ip(self, request: HttpRequest) -> str:
        return rules.client_address(request)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        request.session.set_expiry(None)
        label = device_label(request.headers.get("User-Agent", ""))
        services.start_device(user=ours(user), session_key=request.session.session_key or "", label=label)

    def logout(self, request: HttpRequest) -> None:
        user, key = rules.signed_in(request), request.session.session_key
        super().logout(request)
        if user is not None and key:
            services.sign_out_session(session_key=key, user=user)
