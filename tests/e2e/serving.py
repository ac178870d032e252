"""The service as it runs in earnest, with a pulse in its event loop: ``python -m tests.e2e.serving``.

Prints the port it listens on. ``GET /pulse`` tells the longest time the loop was late since it was asked last.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import monotonic

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings

BEAT = 0.005


class Pulse:
    """Wakes up every few milliseconds and notes how late it was."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def beat(self) -> None:
        while True:
            before = monotonic()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, monotonic() - before - BEAT)

    def taken(self) -> float:
        longest, self.longest = self.longest, 0.0
        return longest


def main() -> None:
    app, pulse = create_app(Settings()), Pulse()
    served = app.router.lifespan_context

    @asynccontextmanager
    async def with_pulse(inner: FastAPI) -> AsyncGenerator[None]:
        beating = asyncio.create_task(pulse.beat())
        async with served(inner):
            yield
        beating.cancel()

    @app.get("/pulse")
    async def read_pulse() -> float:
        return pulse.taken()

    app.router.lifespan_context = with_pulse
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)  # noqa: T201 - the test reads it
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
