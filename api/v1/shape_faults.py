"""What pydantic found wrong with the shape of a document, in our words and under our codes."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Final, TypeAlias, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from typing_extensions import TypeIs

from api.errors import RefusedError
from service.day.fault import Fault

Model = TypeVar("Model", bound=BaseModel)
Context: TypeAlias = Mapping[str, object]

KEY_MARK: Final = "[key]"
NEEDED_LISTS: Final = frozenset({"agents", "shifts", "visits"})
"""Last step of a location when the key of an object is at fault, not what stands under it."""


def read_as(model: type[Model], document: object) -> Model:
    """The document in that shape. Raises RefusedError."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise RefusedError(shape_faults(model, error)) from None


def shape_faults(model: type[BaseModel], error: ValidationError) -> list[Fault]:
    """One fault per error, with its way through the document."""
    return [_fault(model, each) for each in error.errors(include_url=False)]


def _fault(model: type[BaseModel], error: ErrorDetails) -> Fault:
    path = (
        error["loc"][:-1] if error["loc"][-1:] == (KEY_MARK,) and error["type"] != "extra_forbidden" else error["loc"]
    )
    context: Context = error.get("ctx", {})
    kind = error["type"]
    if kind == "extra_forbidden":
        return Fault("unknown_key", path, "This key is not known here.", _hint_for_key(model, path))
    if kind == "missing":
        return Fault("required", path, "This key is missing.", f"Add the key {path[-1]!r}.")
    if kind == "too_short" and context["min_length"] == 1:
        return Fault(f"{path[-1]}_empty", path, "This list is empty.", _empty_hint(path[-1]))
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        return Fault(
            "not_one_of",
            path,
            f"This must be one of: {', '.join(allowed)}.",
            _hint_for_word(error["input"], allowed),
            error["input"],
        )
    if kind in _OURS:
        code, detail, hint = _OURS[kind](context)
    elif "hint" in context:  # refused by api.v1.fields.refuse, which brings code, sentence and hint
        code, detail, hint = kind, str(context["detail"]), cast("str | None", context["hint"])
    else:
        code, detail, hint = "invalid", f"{error['msg']}.", "See the schema at /docs."
    return Fault(code, path, detail, hint, error["input"])


def _empty_hint(key: str | int) -> str:
    return "Name at least one." if key in NEEDED_LISTS else "Name at least one, or leave the list away."


def _type(what: str, hint: str) -> Callable[[Context], tuple[str, str, str | None]]:
    return lambda _: ("wrong_type", f"This must be {what}.", hint)


def _range(words: str, bound: str) -> Callable[[Context], tuple[str, str, str | None]]:
    return lambda context: ("out_of_range", f"This must be {words} {context[bound]}.", "Check the unit.")


def _length(code: str, words: str, bound: str, things: str) -> Callable[[Context], tuple[str, str, str | None]]:
    return lambda context: (
        code,
        f"This must have {words} {context[bound]} {things}.",
        "Check whether it is complete and meant.",
    )


_WHOLE_HINT: Final = 'Write numbers without quotes and decimals: 600, not "600" or 600.0.'
_OBJECT_HINT: Final = 'Write an object in braces, a place as {"lat": 60.17, "lon": 24.94}.'

_OURS: Final[Mapping[str, Callable[[Context], tuple[str, str, str | None]]]] = {
    "int_type": _type("a whole number", _WHOLE_HINT),
    "int_from_float": _type("a whole number", _WHOLE_HINT),
    "float_type": _type("a number", 'Write numbers without quotes: 0.4, not "0.4".'),
    "bool_type": _type("true or false", "Write it without quotes."),
    "string_type": _type("a string", 'Write strings in quotes: "17", not 17.'),
    "list_type": _type("a list", "Put even a single one in brackets."),
    "dict_type": _type("an object", _OBJECT_HINT),
    "model_type": _type("an object", _OBJECT_HINT),
    "model_attributes_type": _type("an object", _OBJECT_HINT),
    "none_required": _type("null", "Leave it out."),
    "finite_number": lambda _: ("not_finite", "This must be a finite number.", "Write null where it is not known."),
    "greater_than_equal": _range("at least", "ge"),
    "less_than_equal": _range("at most", "le"),
    "string_too_short": _length("text_length", "at least", "min_length", "characters"),
    "string_too_long": _length("text_length", "at most", "max_length", "characters"),
    "too_short": _length("list_length", "at least", "min_length", "elements"),
    "too_long": _length("list_length", "at most", "max_length", "elements"),
    "string_unicode": lambda _: (
        "text_invalid",
        "This must not contain halves of surrogate pairs.",
        "Send whole characters.",
    ),
    "string_pattern_mismatch": lambda context: (
        "text_pattern",
        f"This must match {context['pattern']}.",
        "Use other characters.",
    ),
}
"""By pydantic's name of the error: our code, detail and hint."""


def nearest(word: str, words: Sequence[str]) -> str | None:
    """The one of ``words`` that ``word`` was probably meant to be."""
    lowered = {each.lower(): each for each in reversed(words)}
    close = difflib.get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return lowered[close[0]] if close else None


def _hint_for_word(word: object, words: Sequence[str]) -> str:
    meant = nearest(word, words) if isinstance(word, str) else None
    return f"Did you mean {meant!r}?" if meant else f"Write {words[0]!r}, for instance."


def _hint_for_key(model: type[BaseModel], path: Sequence[str | int]) -> str:
    owner = _model_at(model, path[:-1])
    keys = list(_fields(owner)) if owner is not None else []
    meant = nearest(str(path[-1]), keys)
    return f"Did you mean {meant!r}?" if meant else f"Known keys are {', '.join(keys)}."


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    annotation: object = model
    for step in path:
        annotation = _inside(_plain(annotation), step)
    plain = _plain(annotation)
    return plain if _is_model(plain) else None


def _inside(annotation: object, step: str | int) -> object:
    if _is_model(annotation):
        field = _fields(annotation).get(str(step))
        return None if field is None else field.annotation
    arguments = get_args(annotation)
    return arguments[-1] if arguments else None


def _fields(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """Fields by the keys of the document."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _plain(annotation: object) -> object:
    """The annotation without its metadata and without the alternative of being ``None``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    some = [each for each in get_args(annotation) if each is not type(None)]
    is_optional = len(some) == 1 and len(get_args(annotation)) > 1
    return _plain(some[0]) if is_optional else annotation


def _is_model(annotation: object) -> TypeIs[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
