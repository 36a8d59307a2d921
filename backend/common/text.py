"""What people type, as it is kept: no blanks too many, nothing that cannot be seen, not too long."""

from backend.common.errors import InvalidError

# Joins two emoji to one.
JOINER = "\u200d"


def one_line(text: str) -> str:
    return " ".join(text.split())


def seen(text: str) -> str:
    """Without what cannot be seen, wherever it was copied from."""
    return "".join(sign for sign in text if sign.isprintable() or sign == JOINER).strip()


def clean(text: str, *, name: str, longest: int, least: int = 0, refusal: InvalidError | None = None) -> str:
    """A name, a title, a reason: one line. What cannot be seen in it is refused, not guessed at. `name`: the input it came from."""
    text = one_line(text)
    if not text.isprintable():
        raise refusal or _refusal(name, longest, least)
    return _limited(text, name=name, longest=longest, least=least, refusal=refusal)


def clean_talk(text: str, *, name: str, longest: int, least: int = 0, lines: bool = False) -> str:
    """What people say to each other: emoji may be joined, and what cannot be seen goes. With `lines`, lines stay lines."""
    parts = text.strip().splitlines() if lines else [text]
    return _limited("\n".join(seen(one_line(part)) for part in parts).strip(), name=name, longest=longest, least=least)


def _limited(text: str, *, name: str, longest: int, least: int, refusal: InvalidError | None = None) -> str:
    if not least <= len(text) <= longest:
        raise refusal or _refusal(name, longest, least)
    return text


def _refusal(name: str, longest: int, least: int) -> InvalidError:
    sentence = f"请写 {least} 到 {longest} 个字。" if least else f"请不要超过 {longest} 个字。"
    return InvalidError(sentence, fields={name: sentence})
