"""Whoever tells it, and again until somebody has taken it or that has gone on for too long."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import httpcore2

from service.callbacks.network import Careful, PrivateAddressError
from service.callbacks.protocol import Callbacks, Due
from service.callbacks.secrets import Signer
from service.observer import Observer

LOG: Final = logging.getLogger(__name__)

SECONDS: Final = 10.0
"""How long all of one call may take."""
AGAIN_AFTER: Final = timedelta(minutes=1)
"""When another may try what somebody was at, who may be no more. If he only was slow, it is told twice."""
AT_A_TIME: Final = 4
"""Of each tenant."""
THREADS: Final = 16
WAITS: Final = tuple(timedelta(seconds=each) for each in (5, 60, 300, 1800, 7200, 18_000, 36_000, 36_000))
"""After the first call in vain, the second, …; after the last it is given up."""
TAKEN: Final = range(200, 300)
GONE: Final = 410
"""Whoever says that wants to hear no more of it."""
UNREACHABLE: Final = "it cannot be reached, or breaks off"
"""Also where it must not be reached: whoever asks need not learn what there is in our network."""


class Post(Protocol):
    """How something is sent."""

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The status of the answer. Raises httpcore2's exceptions, PrivateAddressError."""
        ...


@dataclass(frozen=True, slots=True)
class Teller:
    """``tell`` is to be called again and again."""

    callbacks: Callbacks
    signer: Signer
    post: Post
    clock: Callable[[], datetime]
    observer: Observer

    def tell(self) -> None:
        """Tell what is due, until nothing is. Raises StoreDownError."""
        with ThreadPoolExecutor(THREADS, "callback") as threads:
            while due := self._due():
                list(threads.map(self._tell, due))

    def _due(self) -> Sequence[Due]:
        now = self.clock()
        return self.callbacks.take(now, now + AGAIN_AFTER, AT_A_TIME)

    def _tell(self, due: Due) -> None:
        now = self.clock()
        body = _body(due)
        headers = self.signer.headers(due.tenant, f"msg_{due.plan_id}", now, body)
        trouble, for_good = self._trouble(due.url, headers, body)
        self.observer.told_back(taken=trouble is None)
        if trouble is None:
            self.callbacks.delivered(due)
            return
        given_up = for_good or due.tries > len(WAITS)
        LOG.warning("a callback was in vain: %s", trouble, extra={"plan_id": due.plan_id, "tries": due.tries})
        self.callbacks.failed(due, trouble, None if given_up else now + WAITS[due.tries - 1])

    def _trouble(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[str | None, bool]:
        """Why it was not taken, if so, and whether that will stay so. Nothing of what the other side says."""
        try:
            status = self.post(url, headers, body)
        except PrivateAddressError:
            return UNREACHABLE, True
        except httpcore2.TimeoutException:
            return "it took too long", False
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError):
            return UNREACHABLE, False
        except (httpcore2.UnsupportedProtocol, ValueError, UnicodeError):
            return "its address makes no sense", True
        return (None, False) if status in TAKEN else (f"it answered {status}", status == GONE)


def post_publicly(url: str, headers: Mapping[str, str], body: bytes, *, private: bool = False) -> int:
    """Sends it to whoever is there, without following them anywhere. See Post."""
    if not private and not url.startswith("https:"):  # it may have been allowed when it was asked for
        raise PrivateAddressError
    network = Careful(SECONDS, private=private)
    sent: dict[str | bytes, str | bytes] = {"content-type": "application/json", "user-agent": "dayroute", **headers}
    with (
        closing(httpcore2.ConnectionPool(network_backend=network)) as pool,
        pool.stream("POST", url, headers=sent, content=body) as answer,
    ):
        return answer.status


def _body(due: Due) -> bytes:
    """Ids and words of ours only: what a plan says is told to whoever has a key."""
    return json.dumps(
        {
            "type": f"plan.{due.status}",
            "timestamp": due.finished_at.isoformat(),
            "data": {"id": due.plan_id, "status": due.status},
        }
    ).encode()
