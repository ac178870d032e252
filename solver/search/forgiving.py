"""Kernels are kept, but not at any price.

To numba a kept kernel that is damaged is an error, for ever, and so is a disk that is full. Here a damaged one is
compiled anew and replaced, and what cannot be kept is used all the same.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownParameterType=false
# pyright: reportMissingParameterType=false, reportUnknownArgumentType=false, reportMissingTypeStubs=false
# pyright: reportAttributeAccessIssue=false

from typing import ClassVar

from numba.core import dispatcher
from numba.core.caching import FunctionCache


class Forgiving(FunctionCache):
    """What is kept of one function."""

    lost: ClassVar[OSError | None] = None
    """Why some function could not be kept."""

    def load_overload(self, sig, target_context):  # noqa: ANN001, ANN201 - as numba declares it
        """What is kept, ``None`` if it has to be compiled."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001 - there is hardly an error that a damaged file cannot lead to
            self._replace()
            return None

    def save_overload(self, sig, data) -> None:  # noqa: ANN001 - as numba declares it
        """Keep it if that can be done."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            Forgiving.lost = error

    def _replace(self) -> None:
        """Make room for a sound one."""
        try:
            self.flush()
        except OSError as error:
            Forgiving.lost = error
            self.disable()


def forgive() -> None:
    """Tell numba, once."""
    dispatcher.FunctionCache = Forgiving
