"""Where addresses are, for whoever wants to know before planning."""

from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends, Request

from api.auth import WHO_MAY_READ
from api.bodies import read_body
from api.json_document import read_json
from api.state import wiring_of
from api.v1 import mapping_out, responses
from api.v1 import responses_parts as part
from api.v1.openapi import body_of, problems
from api.v1.requests import GeocodeRequest
from api.v1.shape_faults import read_as
from service.coordinates import candidates_in
from service.day.request import Crs
from service.geocoding.protocol import Address, Geocoded

router = APIRouter(prefix="/v1", tags=["addresses"])

Body: TypeAlias = Annotated[bytes, Depends(read_body)]


@router.post(
    "/geocode",
    summary="Look addresses up",
    response_model=responses.GeocodePage,
    responses=problems(400, 401, 403, 408, 413, 415, 422, 503),
    openapi_extra=body_of(GeocodeRequest),
    dependencies=[WHO_MAY_READ],
)
def geocode(body: Body, request: Request) -> responses.GeocodePage:
    """Where each address is, as far as it is known, and what else it may mean.

    Asks the offline index and the services that the settings name, and nobody else.
    """
    wiring = wiring_of(request)
    with wiring.at_work:
        asked = read_as(GeocodeRequest, read_json(body))
    # Whoever is asked may take long: nobody else's request has to wait for that.
    found = wiring.sources.geocoder.find([Address(each.address, each.country) for each in asked.addresses])
    results = [_result(each.id, answer, asked.crs) for each, answer in zip(asked.addresses, found, strict=True)]
    return responses.GeocodePage(results=results)


def _result(identity: str, found: Geocoded, crs: Crs) -> responses.GeocodeResult:
    candidates = candidates_in(found.candidates, crs)
    best = candidates[0].point if candidates else None
    return responses.GeocodeResult(
        id=identity,
        location=None if best is None else part.StopLocation(lat=best.lat, lon=best.lon),
        quality=found.quality.value,
        source=found.source,
        ambiguous=found.ambiguous,
        candidates=list(map(mapping_out.candidate, candidates)),
    )
