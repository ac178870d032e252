"""Addresses as they are written: what two ways to write one have in common."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, NamedTuple, Self

from rapidfuzz.fuzz import ratio

_ABBREVIATED: Final = {
    "str": "strasse", "av": "avenue", "ave": "avenue", "bd": "boulevard", "blvd": "boulevard", "rd": "road",
    "ln": "lane", "sq": "square", "rte": "route",
}  # fmt: skip
"""Only words that nothing else is short for."""
_ENDINGS: Final = {"str": "strasse"}
_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})
"""Those that have no accent to be taken off."""
_SUFFIXES: Final = frozenset({"bis", "ter", "quater"})
_SUFFIX_LETTERS: Final = 4
"""A house number may go on with a letter, another number, bis or ter."""
_POSTCODE_DIGITS: Final = 4
ALIKE: Final = 0.8
"""How much of a name has to agree."""


class Fit(NamedTuple):
    """How well something written agrees with a street in a town: 1 = entirely."""

    street: float
    town: float
    exact: bool
    numbers: tuple[str, ...]
    """What may be the house number, the longest reading first."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address in plain words."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, address: str) -> Self:
        """As somebody wrote it."""
        return cls(tuple(plain(address).split()))

    def fit(self, street: str, postcode: str, city: str) -> Fit | None:
        """How it agrees with a street, ``None`` if it means another, or one in another town.

        A town need not be said. But where one is said, or anything else that could be one, it has to be this town's.
        """
        agrees, rest = _best_part(self.words, plain(street))
        if agrees < ALIKE:
            return None
        code = plain(postcode)
        by_code = bool(code) and code in " ".join(rest)
        words = [word for word in rest if word not in code.split()]
        other_code = bool(code) and not by_code and any(_is_postcode(word) for word in words)
        place = [word for word in words if not word[0].isdigit() and len(word) > 1 and word not in _SUFFIXES]
        town, _ = _best_part(place, plain(city)) if place else (1.0, [])
        if town < ALIKE and not by_code:
            return None
        exact = agrees == 1 and (town == 1 or by_code) and not other_code
        return Fit(agrees, max(town, float(by_code)), exact, tuple(_numbers(words)))


def plain(text: str) -> str:
    """Lower case without accents and punctuation, common abbreviations written out."""
    lower = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    bare = "".join(letter for letter in lower if not unicodedata.combining(letter))
    return " ".join(_written_out(word) for word in re.findall(r"\w+", bare))


def plain_number(number: str) -> str:
    """A house number without spaces and signs: ``12 A`` is ``12a``, ``17-19`` is ``1719``."""
    return "".join(re.findall(r"\w+", number.lower()))


def _best_part(words: Sequence[str], name: str) -> tuple[float, list[str]]:
    """How well the words that agree best with a name agree, about as many as it has; and the words around them."""
    size, letters = len(name.split()), name.replace(" ", "")
    best, rest = 0.0, list(words)
    for count in range(max(1, size - 1), size + 2 if letters else 1):
        for start in range(len(words) - count + 1):
            agrees = ratio("".join(words[start : start + count]), letters) / 100
            if agrees > best:
                best, rest = agrees, [*words[:start], *words[start + count :]]
    return best, rest


def _numbers(words: Sequence[str]) -> Iterator[str]:
    """Readings of what may be a house number, with what follows it and without."""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word[0].isdigit():
            if following and len(following) <= _SUFFIX_LETTERS:
                yield word + following
            yield word


def _is_postcode(word: str) -> bool:
    return len(word) >= _POSTCODE_DIGITS and word.isdigit()


def _written_out(word: str) -> str:
    if word in _ABBREVIATED:
        return _ABBREVIATED[word]
    short = next((end for end in _ENDINGS if word.endswith(end) and len(word) > len(end)), None)
    return word if short is None else word.removesuffix(short) + _ENDINGS[short]
