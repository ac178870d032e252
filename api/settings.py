"""Settings: ``DAYROUTE_*`` in the environment or in a file ``.env``."""

import json
import os
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.day.place import Quality
from service.retention import Keeping

PREFIX: Final = "DAYROUTE_"
COLLECTORS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
ANY_PROFILE: Final = ""
"""Of roads whose profile is not said."""


def processors() -> int:
    """How many processors this process may use, which in a container or under a batch system are not all there are."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _by_profile(said: object) -> object:
    """Road data by profile; of a single one the profile is that of the data, or a car's."""
    if not isinstance(said, str):
        return said
    text = said.strip()
    return json.loads(text) if text.startswith("{") else {ANY_PROFILE: text} if text else {}


def _days(said: int | None) -> timedelta | None:
    return None if said is None else timedelta(days=said)


class Settings(BaseSettings):
    """How this service runs. Reading them raises pydantic.ValidationError if one makes no sense."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, use_attribute_docstrings=True
    )

    host: str = "127.0.0.1"
    """Address to listen on."""
    keys: Literal["once_made", "always", "never"] = "once_made"
    """Whether requests have to bring a key: as soon as one has been made (`dayroute keys add`), `always`, or `never`, \
where a proxy asks for something else. Beyond this host nothing is served without."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    """Port to listen on; 0 = any free one."""
    data: Path = Path("data")
    """Folder of the database, unless another is named; on a local disk."""
    database_url: str | None = None
    """Database of plans, `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`; otherwise a file in the folder \
`data`."""
    kernels: Path | None = None
    """Folder for the compiled search, to which nobody else may write; otherwise it is kept where it is installed, or \
below the user's `.cache`. `dayroute warm` fills it."""
    policies: Path | None = None
    """Folder with policy packs of your own, `*.json` in the form of those that come with us; one with the id of such \
a pack takes its place."""
    unverified_policies: bool = False
    """Whether packs in that folder may have rules that they themselves call unverified."""
    addresses: Path | None = None
    """Index of addresses, made by `dayroute addresses build`: visits may then give an address instead of a location."""
    geocoders: tuple[str, ...] = ()
    """Services to ask for addresses that the index does not know, in order, as JSON: \
`["nominatim=https://maps.example.org"]`; also `photon=` and `pelias=`. People's addresses are sent there."""
    geocoder_caller: str = "dayroute"
    """How we introduce ourselves to them; public ones want to know who asks."""
    geocoder_per_second: Annotated[float, Field(gt=0, le=1000)] = 1.0
    """At most so many questions a second to each."""
    geocoder_timeout_seconds: Annotated[float, Field(gt=0, le=120)] = 10.0
    """How long to wait for each answer."""
    address_quality: Quality = Quality.ROOFTOP
    """How well an address has to be found for somebody to be sent there: `rooftop`, `street` or `locality`."""
    address_slips: bool = False
    """Whether somebody is sent to an address that is spelt otherwise where it was found; with a warning."""
    roads: Annotated[Mapping[str, str], NoDecode, BeforeValidator(_by_profile)] = Field(default_factory=dict[str, str])
    """Travel times on roads: a folder made by `dayroute roads build`, or a server, `http://127.0.0.1:5000` (OSRM) or \
`valhalla=http://127.0.0.1:8002`; for several profiles as JSON: `{"car": "city.osrm", "foot": "city.foot.osrm"}`. To \
such a server is sent where people are to be visited. Profiles without roads are estimated."""
    roads_down: Literal["fail", "estimate"] = "fail"
    """What becomes of a plan whose travel times cannot be had: it fails for the time being, or all of it is estimated \
and says so."""
    roads_timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 60.0
    """How long to wait for each answer."""
    roads_within_m: Annotated[int, Field(ge=1, le=100_000)] = 300
    """A place farther than that from every road cannot be reached."""
    solver_slots: Annotated[int, Field(ge=1, le=256)] = Field(default_factory=processors)
    """How many plans are made at the same time, each in a process of its own; one for each processor it may use."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """How many processes `dayroute serve` has make plans, each with so many slots."""
    solver_threads: Annotated[int, Field(ge=1, le=64)] = 1
    """Threads of one solve, but no more than the processors it may use. Another number may lead to another plan."""
    log_format: Literal["auto", "json", "text"] = "auto"
    """How messages are written: one JSON object a line, or for people; `auto`: for people on a terminal only."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least of what is logged."""
    telemetry: bool = False
    """Whether spans and metrics of requests are sent to the OpenTelemetry collector that \
`OTEL_EXPORTER_OTLP_ENDPOINT` names."""
    solver_memory_mb: Annotated[int, Field(ge=512, le=1_000_000)] = 4096
    """How much more memory than at its start a solver may take, whose plan fails otherwise. A day of 10,000 visits \
takes 2,500."""
    queue_limit: Annotated[int, Field(ge=0, le=1_000_000)] = 10_000
    """How many plans may wait; beyond them, requests are answered 503."""
    tenant_queue_limit: Annotated[int, Field(ge=0, le=1_000_000)] = 1_000
    """How many plans of one tenant may wait; beyond them, its requests are answered 429."""
    keep_days: Annotated[int | None, Field(ge=0, le=36_500)] = None
    """How many days plans are kept after they were made, with all that was sent for them; otherwise until deleted."""
    keep_failed_days: Annotated[int | None, Field(ge=0, le=36_500)] = None
    """The same of requests that came to nothing."""
    callback_secrets: SecretStr | None = None
    """What callbacks are signed with, made by `dayroute callbacks new-secret`; two, separated by a space, while one \
takes the place of the other. Without it nobody is called back."""
    callback_private: bool = False
    """Whether callbacks may go to addresses in private networks, and without TLS."""
    max_visits: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    """Most visits of one request."""
    max_shifts: Annotated[int, Field(ge=1, le=10_000)] = 1000
    """Most shifts of one request."""
    max_body_bytes: Annotated[int, Field(ge=1000, le=1_000_000_000)] = 20_000_000
    """Longest body that is read; longer ones are answered 413."""
    max_body_seconds: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """How long a body may take to come; slower ones are answered 408."""
    max_wait_seconds: Annotated[float, Field(ge=0, le=600)] = 60.0
    """Longest time that `Prefer: wait` is granted."""

    @model_validator(mode="after")
    def _require_collector(self) -> Self:
        if self.telemetry and not any(name in os.environ for name in COLLECTORS):
            message = f"{PREFIX}TELEMETRY needs to be told where to: {COLLECTORS[0]}"
            raise ValueError(message)
        return self

    @property
    def callback_secret(self) -> str | None:
        """What callbacks are signed with; an empty setting is none."""
        said = "" if self.callback_secrets is None else self.callback_secrets.get_secret_value().strip()
        return said or None

    @property
    def keeping(self) -> Keeping:
        """How long plans are kept."""
        return Keeping(_days(self.keep_days), _days(self.keep_failed_days))

    @property
    def database(self) -> str:
        """URL of the database."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'dayroute.sqlite'}"
