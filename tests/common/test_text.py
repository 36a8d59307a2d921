"""What people type is kept without blanks and unseen signs, or refused at its field."""

import pytest

from backend.common.errors import InvalidError
from backend.common.text import clean, clean_talk


def test_a_name_is_one_line_without_blanks_too_many() -> None:
    assert clean("  周日\n 音乐\u3000 会 ", name="title", longest=40, least=1) == "周日 音乐 会"


@pytest.mark.parametrize(
    ("text", "least", "sentence"),
    [("好" * 6, 0, "请不要超过 5 个字。"), (" ", 2, "请写 2 到 5 个字。"), ("志\u202e强", 1, "请写 1 到 5 个字。")],
)
def test_a_refusal_names_the_field_and_the_limits(text: str, least: int, sentence: str) -> None:
    with pytest.raises(InvalidError) as refused:
        clean(text, name="title", longest=5, least=least)
    assert (refused.value.message, refused.value.fields) == (sentence, {"title": sentence})


def test_a_verb_may_refuse_in_its_own_words() -> None:
    with pytest.raises(InvalidError, match="您的姓名"):
        clean("", name="name", longest=5, least=1, refusal=InvalidError("请写上您的姓名。"))


def test_talk_is_kept_without_what_cannot_be_seen() -> None:
    assert clean_talk(" 好\x07 👨\u200d👩\n嗯 ", name="text", longest=9) == "好 👨\u200d👩 嗯"
    assert clean_talk(" 好\x07 👨\u200d👩\n 嗯 ", name="text", longest=9, lines=True) == "好 👨\u200d👩\n嗯"
    with pytest.raises(InvalidError, match="请写 1 到 9 个字"):
        clean_talk("\x00", name="text", longest=9, least=1)
