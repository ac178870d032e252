"""Data beside the checkout that is not shipped: who needs it is skipped where it is not."""

import pytest

from tests.tree import ROOT

SHARED = ROOT.parent / "shared"


def shared(folder: str) -> pytest.MarkDecorator:
    """Skips a test where ``../shared`` lacks a folder."""
    return pytest.mark.skipif(not (SHARED / folder).is_dir(), reason=f"needs ../shared/{folder} beside the checkout")
