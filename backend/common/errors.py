"""What a verb raises when it says no. api.py turns each into one HTTP answer; no verb knows HTTP."""

NOT_FOUND = "没有找到，可能已被移除，或不归您查看。"


class RefusedError(Exception):
    """A refusal: `code` is for programs, `message` is one Chinese sentence that says what to do.

    `fields` maps the names of wrong inputs to a sentence each.
    """

    code = "refused"

    def __init__(self, message: str, *, code: str = "", fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.fields = fields or {}


class InvalidError(RefusedError):
    """What was sent makes no sense (422)."""

    code = "invalid"


class ConflictError(RefusedError):
    """What was sent contradicts what is already recorded (409)."""

    code = "conflict"


class TooManyError(RefusedError):
    """Too many tries (429). `retry_after` is in seconds."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotFoundError(RefusedError):
    """It does not exist, or it is not this person's (404): the two are never told apart."""

    code = "not_found"

    def __init__(self, message: str = NOT_FOUND) -> None:
        super().__init__(message)


class NoRoomError(RefusedError):
    """There is no room for it now (503). `retry_after` is in seconds."""

    code = "no_room"

    def __init__(self, message: str, *, retry_after: int = 600) -> None:
        super().__init__(message)
        self.retry_after = retry_after
