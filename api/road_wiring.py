"""Whom the settings name for travel times on roads: road data with a server of our own, or a server elsewhere."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from api.settings import ANY_PROFILE, Settings, processors
from service.asking import Heard, TimedEngine, Timing, unheard
from service.travel.by_profile import ByProfile
from service.travel.estimate import Estimate
from service.travel.exchange import Exchange
from service.travel.osrm.data import RoadData, RoadsUnusableError
from service.travel.osrm.engine import Osrm
from service.travel.osrm.process import RoutedProcess
from service.travel.osrm.tools import Tools
from service.travel.osrm.wire import Wire
from service.travel.profiles import PROFILES
from service.travel.protocol import TravelEngine
from service.travel.remembered import Remembers
from service.travel.roads import Roads
from service.travel.valhalla import Valhalla

DEFAULT_PROFILE: Final = "car"
KINDS: Final = ("osrm", "valhalla")
MADE_FOR: Final = {"car": ("car", "motorcycle", "truck")}
"""Who may be sent over roads of a profile, where that is more than itself."""


@dataclass(frozen=True, slots=True)
class RoadsAtHand:
    """Who is asked for travel times. ``held`` is what has to be let go in the end: servers of our own, connections."""

    roads: Roads
    held: ExitStack
    servers: tuple[RoutedProcess, ...] = ()

    def open(self) -> None:
        """Begin to load the roads, so that the first plan need not wait for that."""
        for server in self.servers:
            server.begin()


def roads_of(settings: Settings, heard: Heard = unheard) -> RoadsAtHand:
    """Estimates for profiles without roads. Raises RoadsUnusableError or ToolsMissingError."""
    estimate = Estimate()
    naming = _Naming(settings, heard)
    engines: dict[str, TravelEngine] = {}
    for profile, said in settings.roads.items():
        named = naming.engine(said, profile)
        if named.profile not in PROFILES:
            message = f"{named.profile!r}: roads are of one of the profiles {', '.join(PROFILES)}."
            raise RoadsUnusableError(message)
        engines[named.profile] = named.engine
    roads = Roads(
        ByProfile(estimate, engines) if engines else estimate,
        estimate,
        estimate_when_down=settings.roads_down == "estimate",
        within_m=settings.roads_within_m,
    )
    return RoadsAtHand(roads, naming.held, tuple(naming.servers))


@dataclass(frozen=True, slots=True)
class _Named:
    profile: str
    engine: TravelEngine


@dataclass(frozen=True, slots=True)
class _Naming:
    """Makes an engine of each setting; of one that is named twice, once."""

    settings: Settings
    heard: Heard
    held: ExitStack = field(default_factory=ExitStack)
    servers: list[RoutedProcess] = field(default_factory=list[RoutedProcess])
    known: dict[str, _Named] = field(default_factory=dict[str, _Named])

    def engine(self, said: str, profile: str) -> _Named:
        """The one that is named so."""
        if said not in self.known:
            self.known[said] = self._server(said) if "://" in said else self._data(Path(said))
        named = self.known[said]
        if named.profile == ANY_PROFILE:
            return _Named(profile or DEFAULT_PROFILE, named.engine)
        if profile and profile not in MADE_FOR.get(named.profile, (named.profile,)):
            message = f"{said} are roads for {named.profile}, and nothing for {profile}."
            raise RoadsUnusableError(message)
        return _Named(profile or named.profile, named.engine)

    def _data(self, path: Path) -> _Named:
        data = RoadData.at(path)
        server = RoutedProcess(data, Tools.found(), processors())
        self.servers.append(server)
        self.held.callback(server.close)
        return _Named(data.profile or ANY_PROFILE, self._osrm(server.url, data.date))

    def _server(self, said: str) -> _Named:
        kind = next((kind for kind in KINDS if said.startswith(f"{kind}=")), "")
        url = said.removeprefix(f"{kind}=").rstrip("/")
        if not _is_an_address(url):
            message = (
                "DAYROUTE_ROADS: a road service is named like http://127.0.0.1:5000 or valhalla=http://127.0.0.1:8002, "
                "without a query."
            )
            raise RoadsUnusableError(message)
        return _Named(ANY_PROFILE, self._valhalla(url) if kind == "valhalla" else self._osrm(lambda: url))

    def _osrm(self, where: Callable[[], str], date: str | None = None) -> TravelEngine:
        return self._remembered(Osrm(Wire(where, self._exchange("osrm")), date), "osrm")

    def _valhalla(self, url: str) -> TravelEngine:
        return self._remembered(Valhalla(lambda: url, self._exchange("valhalla")), "valhalla")

    def _remembered(self, engine: TravelEngine, source: str) -> TravelEngine:
        return Remembers(TimedEngine(engine, Timing(source, self.heard)))

    def _exchange(self, source: str) -> Exchange:
        exchange = Exchange(source, timedelta(seconds=self.settings.roads_timeout_seconds))
        self.held.callback(exchange.close)
        return exchange


def _is_an_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
