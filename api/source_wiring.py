"""What plans are made from besides requests: roads, addresses, policies, as the settings name them."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from api.clock import utc_now
from api.road_wiring import RoadsAtHand, roads_of
from api.settings import Settings
from service.asking import Heard, TimedGeocoder, Timing, unheard
from service.geocoding.chain import Chain
from service.geocoding.index import AddressIndex, IndexUnreadableError
from service.geocoding.online import Manners, UnknownServiceError, online
from service.hours.packs import PackRefused, Packs
from service.jobs.turns import AsksAside, TravelsAside, Turn
from service.places import Accepted
from service.sources import Sources
from service.store.database import Database
from service.store.geocoded import SqlMemory
from service.travel.osrm.data import RoadsUnusableError
from service.travel.osrm.tools import ToolsMissingError

SOURCES_UNUSABLE: Final = (
    PackRefused,
    IndexUnreadableError,
    UnknownServiceError,
    RoadsUnusableError,
    ToolsMissingError,
)
"""What is raised where a setting names something that cannot be used; the text says what."""


def sources_of(
    settings: Settings, roads: RoadsAtHand, database: Database | None = None, heard: Heard = unheard
) -> Sources:
    """Where plans take from what requests do not say. Raises one of SOURCES_UNUSABLE."""
    return Sources(roads.roads, packs_of(settings), geocoder_of(settings, database, heard), accepted_by(settings))


def require_usable(settings: Settings) -> None:
    """Look for everything that the settings name, and let go of it. Raises one of SOURCES_UNUSABLE."""
    roads = roads_of(settings)
    try:
        sources_of(settings, roads)
    finally:
        roads.held.close()


def accepted_by(settings: Settings) -> Accepted:
    """How well an address has to be found."""
    return Accepted(settings.address_quality, settings.address_slips)


def geocoder_of(settings: Settings, database: Database | None = None, heard: Heard = unheard) -> Chain:
    """The offline index first, then whoever a setting names; addresses leave this host for nobody else.

    Raises one of SOURCES_UNUSABLE.
    """
    index = [] if settings.addresses is None else [AddressIndex.open(settings.addresses)]
    manners = Manners(
        settings.geocoder_caller,
        settings.geocoder_per_second,
        timedelta(seconds=settings.geocoder_timeout_seconds),
    )
    services = [online(said, manners) for said in settings.geocoders]
    asked = (*index, *(TimedGeocoder(service, Timing(service.source, heard)) for service in services))
    if database is None or not settings.geocoders:
        return Chain(asked)
    who = "\0".join((*settings.geocoders, str(settings.addresses)))
    return Chain(asked, SqlMemory(database, who, utc_now))


def aside(sources: Sources, turn: Turn) -> Sources:
    """Whoever waits for an answer from elsewhere lets others have the turn. Estimates are made here."""
    roads = sources.roads
    if roads.engine is not roads.estimate:
        roads = replace(roads, engine=TravelsAside(roads.engine, turn))
    return replace(sources, geocoder=AsksAside(sources.geocoder, turn), roads=roads)


def packs_of(settings: Settings) -> Packs:
    """Policy packs, the tenant's among them. Raises PackRefused."""
    return Packs.of(settings.policies, unverified=settings.unverified_policies)
