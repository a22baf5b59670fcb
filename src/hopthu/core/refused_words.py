"""The floor under categories, questions and saved replies: never about people or what they say.

`docs/principles.md`, 2. The list is fixed: a city can add words of its own and take none away. It
stops what would turn the mailbox into another thing, also where nobody means harm; whoever wants a
word of it can nearly always name the place or the service instead.

RefusedWord   a name, question or reply has a word of the floor
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from hopthu.core.text import fold

FLOOR: Final = (
    # accounts, and where people talk to each other
    "tài khoản cá nhân",
    "tài khoản mạng",
    "chủ tài khoản",
    "trang cá nhân",
    "mạng xã hội",
    "facebook",
    "tiktok",
    "youtube",
    "zalo",
    "telegram",
    "instagram",
    "social media",
    "social network",
    "user account",
    "user profile",
    "hashtag",
    "គណនីបុគ្គល",
    "បណ្ដាញសង្គម",
    "បណ្តាញសង្គម",
    "ហ្វេសប៊ុក",
    "តេឡេក្រាម",
    "យូធូប",
    "ធីកតុក",
    # what somebody said or thinks
    "phát ngôn",
    "bài đăng",
    "bài viết",
    "bình luận",
    "dư luận",
    "tư tưởng",
    "quan điểm",
    "tin giả",
    "tin đồn",
    "xuyên tạc",
    "phản động",
    "chống phá",
    "kích động",
    "nói xấu",
    "public opinion",
    "political opinion",
    "opinions",
    "fake news",
    "disinformation",
    "misinformation",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "propaganda",
    "incitement",
    "sentiment",
    "hate speech",
    "extremism",
    "ព័ត៌មានក្លែងក្លាយ",
    "មតិនយោបាយ",
    "ពាក្យចចាមអារ៉ាម",
    "ញុះញង់",
    # a person
    "tố giác",
    "tố cáo",
    "người khả nghi",
    "người lạ mặt",
    "tên người",
    "danh tính",
    "nhân thân",
    "theo dõi người",
    "hành vi cá nhân",
    "suspicious person",
    "suspicious people",
    "suspect",
    "suspects",
    "denunciation",
    "informant",
    "name of the person",
    "whose name",
    "identity of",
    "ជនសង្ស័យ",
    "អត្តសញ្ញាណបុគ្គល",
    "ការបរិហារ",
)
_SPACES_WORDS: Final = re.compile(r"[a-z0-9 ]+")


class RefusedWord(ValueError):
    """What was to be set up is about people or what they say."""

    def __init__(self, word: str) -> None:
        super().__init__(f"refused word: {word}")
        self.word = word
        """As it stands on the list."""


def check_words(texts: Iterable[str], *, added: Iterable[str] = ()) -> None:
    """Raises `RefusedWord` if one of `texts` has a word of the floor or of those that a city added.

    Compared as in a search: without accents, and in any case. Latin words are whole words; Khmer is
    written without spaces, and may have them anywhere.
    """
    refused = [*_floor(), *((word, _pattern(word)) for word in added if fold(word).strip())]
    for text in texts:
        folded = fold(text)
        for word, pattern in refused:
            if pattern.search(folded):
                raise RefusedWord(word)


@cache
def _floor() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((word, _pattern(word)) for word in FLOOR)


def _pattern(word: str) -> re.Pattern[str]:
    folded = fold(word).strip()
    words = r"[\W_]+".join(map(re.escape, folded.split()))
    if _SPACES_WORDS.fullmatch(folded):
        return re.compile(rf"(?<![^\W_]){words}(?![^\W_])")
    return re.compile(words)
