"""Which addresses a request may give to be called back at."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from service.callbacks.network import may_be_called
from service.day.fault import Fault

PATH: Final = ("callback", "url")
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class CallbackRules:
    """``allowed``: if there is a secret to sign with. ``private``: also within networks of our own, and in clear."""

    allowed: bool = False
    private: bool = False

    def fault(self, url: str) -> Fault | None:
        """What is wrong with the address, as far as that can be told without asking anybody."""
        if not self.allowed:
            hint = "Whoever runs the service has to set DAYROUTE_CALLBACK_SECRETS; until then, ask for the plan."
            return Fault("callbacks_off", PATH[:1], "This service calls nobody back.", hint)
        parts = _parts(url)
        schemes = ("https", "http") if self.private else ("https",)
        if parts is None or parts.scheme not in schemes or parts.username is not None or parts.fragment:
            hint = "An absolute https:// address without user, password and fragment."
            return Fault("callback_unusable", PATH, "Nobody can be called back at this address.", hint)
        if _may_surely_not_be_called(parts.hostname or "", private=self.private):
            hint = "Give one that can be reached from anywhere."
            return Fault("callback_private", PATH, "This address lies in a network of our own.", hint)
        return None


NO_CALLBACKS: Final = CallbackRules()


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    usable = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    return parts if usable and parts.hostname else None


def _may_surely_not_be_called(host: str, *, private: bool) -> bool:
    """Without asking; what a name stands for is looked at when it is called."""
    try:
        return not may_be_called(ip_address(host), private=private)
    except ValueError:
        if private:
            return False
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host
