"""A member's topic and a relative's conversation, by the names that notifications knows them by."""

PREFIX = "member:"


def member_topic(member_id: int) -> str:
    return f"{PREFIX}{member_id}"


def member_of(topic: str) -> int:
    return int(topic.removeprefix(PREFIX))


def member_thread(member_id: int, home_id: int) -> str:
    """A relative has one conversation per member and Home."""
    return f"{PREFIX}{member_id}:{home_id}"
