"""Addresses as they are written: what two ways to write one have in common."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from rapidfuzz.fuzz import ratio

_ABBREVIATED: Final = {
    "str": "strasse", "av": "avenue", "ave": "avenue", "bd": "boulevard", "blvd": "boulevard", "rd": "road",
    "ln": "lane", "sq": "square", "rte": "route",
}  # fmt: skip
"""Only words that nothing else is short for."""
_ENDINGS: Final = {"str": "strasse"}
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "\u2044": "/", "\u2013": "-"}
)
"""Those that have no accent to be taken off, and signs in house numbers."""
_NUMBER: Final = r"\d+(?: ?[a-z](?!\w)| ?(?:bis|ter|quater)(?!\w)|(?=\W|$))(?: ?[-/] ?\d+[a-z]?(?!\w))*"
"""A house number with all that belongs to it: 24a, 25 bis, 17-19, 12/3."""
_WORDS: Final = re.compile(rf"(?<!\w)(?P<number>{_NUMBER})|(?P<word>\w+)")
_BARE: Final = re.compile(r"\d+")
ALIKE: Final = 0.8
"""How much of a name has to agree."""


class Fit(NamedTuple):
    """How well something written agrees with a street in a town: 1 = entirely."""

    street: float
    exact: bool
    """Whether every word is accounted for: by the street, its house, the postcode or the town."""
    town_said: bool
    numbers: tuple[str, ...]
    """The house number as it is written; after it the same without its letter, which would be another house."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address in plain words; a house number with all that belongs to it is one of them."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, address: str) -> Self:
        """As somebody wrote it."""
        return cls(tuple(_words(address)))

    def fit(self, street: str, postcode: str, towns: Sequence[str], beside: Sequence[str] = ()) -> Fit | None:
        """How it agrees with a street, ``None`` if it means another, or one in another town.

        A town need not be said. But where one is said, or anything else that could be one, it has to be one of
        ``towns``, its names. Those ``beside`` may stand beside it, and say nothing alone: a village in the canton of
        Bern is not in Bern, and many towns have an old town.
        """
        agrees, first, last = _best_part(self.words, plain(street))
        if agrees < ALIKE:
            return None
        code = tuple(_words(postcode))
        number, at = self._number_beside(first, last, code)
        rest = [word for k, word in enumerate(self.words) if not first <= k < last and k != at]
        by_code, rest = _without(rest, code)
        town, left = max((_town(rest, plain(name)) for name in towns), key=lambda each: each[0], default=(0.0, rest))
        said = by_code or any(not word[0].isdigit() for word in rest)
        if said and town < ALIKE and not by_code:
            return None
        if by_code or town == 1:
            left = _without_names(left, (*towns, *beside))
        exact = agrees == 1 and not left and (town == 1 or by_code or not rest)
        bare = _BARE.match(number)
        readings = dict.fromkeys([number, bare.group()] if bare else [])
        return Fit(agrees, exact, said, tuple(readings))

    def _number_beside(self, first: int, last: int, code: tuple[str, ...]) -> tuple[str, int]:
        """The number right before the street or right after it, and where; nothing if there is none.

        Where there is one on either side, one is a postcode: mostly the second, as in 12 rue Neuve, 1000 Bruxelles.
        """
        beside = [at for at in (first - 1, last) if 0 <= at < len(self.words) and self.words[at][0].isdigit()]
        if len(beside) > 1 and self.words[beside[0]] in code:
            beside = beside[1:]
        return (self.words[beside[0]], beside[0]) if beside else ("", -1)


def plain(text: str) -> str:
    """Lower case without accents and punctuation, common abbreviations written out."""
    return " ".join(_words(text))


def plain_number(number: str) -> str:
    """A house number as it is compared: ``12 A`` is ``12a``, and ``17-19`` is no ``1719``."""
    return _lower(number).replace(" ", "")


def _words(text: str) -> Iterator[str]:
    for found in _WORDS.finditer(_lower(text)):
        number, word = found["number"], found["word"]
        yield number.replace(" ", "") if number else _written_out(word)


def _lower(text: str) -> str:
    """Without the accents of Latin letters; other scripts mean something by theirs."""
    letters: list[str] = []
    base = ""
    for letter in unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).translate(_LETTERS):
        if not unicodedata.combining(letter):
            base = letter
        elif base.isascii():
            continue
        letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters))


def _best_part(words: Sequence[str], name: str) -> tuple[float, int, int]:
    """How well the words that agree best with a name agree, about as many as it has; their beginning and end."""
    size, letters = len(name.split()), name.replace(" ", "")
    best = 0.0, 0, 0
    for count in range(max(1, size - 1), size + 2 if letters else 1):
        for first in range(len(words) - count + 1):
            agrees = ratio("".join(words[first : first + count]), letters) / 100
            if agrees > best[0]:
                best = agrees, first, first + count
    return best


def _town(rest: Sequence[str], city: str) -> tuple[float, list[str]]:
    """How well the best part of what is left agrees with a town, and what is left over then."""
    agrees, first, last = _best_part(rest, city)
    return (agrees, [*rest[:first], *rest[last:]]) if agrees >= ALIKE else (0.0, list(rest))


def _without_names(left: list[str], names: Sequence[str]) -> list[str]:
    """What is left without names of areas that hold the place, each as it is written."""
    for name in names:
        agrees, rest = _town(left, plain(name))
        left = rest if agrees == 1 else left
    return left


def _without(words: Sequence[str], code: tuple[str, ...]) -> tuple[bool, list[str]]:
    """Whether a postcode is among the words, whole; and the words without it and a country's letters before it."""
    for first in range(len(words) - len(code) + 1 if code else 0):
        if tuple(words[first : first + len(code)]) == code:
            country = first > 0 and len(words[first - 1]) <= _COUNTRY and words[first - 1].isalpha()
            return True, [*words[: first - country], *words[first + len(code) :]]
    return False, list(words)


_COUNTRY: Final = 2
"""Letters of a country before a postcode: FL-9495."""


def _written_out(word: str) -> str:
    if word in _ABBREVIATED:
        return _ABBREVIATED[word]
    short = next((end for end in _ENDINGS if word.endswith(end) and len(word) > len(end)), None)
    return word if short is None else word.removesuffix(short) + _ENDINGS[short]
