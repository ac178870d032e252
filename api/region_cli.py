"""``dayroute addresses build | find``, ``roads build`` and ``region build``: a region from an extract of its map."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from api import region_lines
from api.demo_region import day_in
from api.settings import ANY_PROFILE, Settings, processors
from api.source_wiring import accepted_by, geocoder_of
from api.tables import JsonObject
from api.terminal import BROKEN, say, settings_with, wrong
from api.wiring import UNUSABLE
from service.extract import ExtractUnreadableError
from service.geocoding.build_index import build_index
from service.geocoding.index import AddressIndex
from service.geocoding.protocol import Address, GeocoderDownError
from service.travel.osrm.build import CannotBuildError, build_roads
from service.travel.osrm.tools import Tools, ToolsMissingError

addresses: Final = typer.Typer(help="Look addresses up.", no_args_is_help=True)
roads: Final = typer.Typer(help="Know the roads.", no_args_is_help=True)
region: Final = typer.Typer(help="Addresses and roads of a region.", no_args_is_help=True)


class MadeFor(StrEnum):
    """How somebody moves for whom road data can be made."""

    CAR = "car"
    FOOT = "foot"
    BICYCLE = "bicycle"


Extract = Annotated[Path, typer.Argument(help="An extract of OpenStreetMap: city.osm.pbf")]
Profile = Annotated[MadeFor, typer.Option(help="Who will travel there")]

_NO_RESULT: Final = (ExtractUnreadableError, CannotBuildError, ToolsMissingError, OSError)


@addresses.command("build")
def build_addresses(
    extract: Extract,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="[default: beside it, .addresses]")] = None,
) -> None:
    """Make an index of all addresses of a region, for DAYROUTE_ADDRESSES."""
    try:
        _addresses(extract, output or _beside(extract, ".addresses"))
    except _NO_RESULT as error:
        raise wrong(str(error)) from None


@addresses.command("find")
def find_address(address: Annotated[str, typer.Argument(help="As people write it")]) -> None:
    """Say where an address is; exit code 1 if that is not sure."""
    settings = settings_with()
    try:
        (found,) = geocoder_of(settings).find([Address(address)])
    except (*UNUSABLE, GeocoderDownError) as error:
        raise wrong(str(error)) from None
    say(region_lines.found(found))
    if not accepted_by(settings).takes(found):
        raise typer.Exit(BROKEN)


@roads.command("build")
def build_road_data(
    extract: Extract,
    profile: Profile = MadeFor.CAR,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder [default: beside it, .osrm; .foot.osrm for foot]")
    ] = None,
) -> None:
    """Make road data of a region, for DAYROUTE_ROADS."""
    try:
        _roads(extract, output or _beside(extract, _ending(profile)), profile)
    except _NO_RESULT as error:
        raise wrong(str(error)) from None


@region.command("build")
def build_region(extract: Extract, profile: Profile = MadeFor.CAR) -> None:
    """Make both, beside the extract."""
    try:
        _addresses(extract, _beside(extract, ".addresses"))
        _roads(extract, _beside(extract, _ending(profile)), profile)
    except _NO_RESULT as error:
        raise wrong(str(error)) from None


def region_of(extract: Path, folder: Path, settings: Settings) -> tuple[Settings, JsonObject]:
    """Settings for a region, made in ``folder``, and a day there. Ends the command if there is none."""
    index, data = folder / "region.addresses", folder / "region.osrm"
    try:
        _addresses(extract, index)
        _roads(extract, data, MadeFor.CAR)
    except _NO_RESULT as error:
        raise wrong(str(error)) from None
    own = settings.model_copy(update={"addresses": index, "roads": {ANY_PROFILE: str(data)}})
    return own, day_in(AddressIndex.open(index))


def _addresses(extract: Path, index: Path) -> None:
    say(region_lines.indexed(build_index(extract, index), str(index)))


def _roads(extract: Path, folder: Path, profile: MadeFor) -> None:
    say(region_lines.built(build_roads(extract, folder, profile, Tools.found(), processors())))


def _ending(profile: MadeFor) -> str:
    return ".osrm" if profile is MadeFor.CAR else f".{profile}.osrm"


def _beside(extract: Path, ending: str) -> Path:
    return extract.with_name(extract.name.removesuffix(".pbf").removesuffix(".osm") + ending)
