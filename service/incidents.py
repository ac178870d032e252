"""What may be told of an unexpected error: where it happened and of which kind, never what it says.

The text of an exception quotes whatever it stumbled over, which may be a name or an address.
"""

import traceback


def where(error: BaseException) -> str:
    """The calls that led to the error, and its type."""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
