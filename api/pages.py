"""Pages for people: the documentation of the API, which asks nobody but this service for its files."""

from importlib.resources import files
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

WEB: Final = files("api") / "web"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'"
)
"""Swagger UI writes styles into its elements and has its icons in data: addresses."""

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_start() -> RedirectResponse:
    """There is nothing to look at yet but the documentation."""
    return RedirectResponse("/docs")


@router.get("/docs")
def show_docs() -> FileResponse:
    """The documentation, made by Swagger UI from ``/openapi.json``."""
    return FileResponse(str(WEB / "docs.html"), headers={"Content-Security-Policy": POLICY})


@router.get("/docs/start.js")
def show_docs_script() -> FileResponse:
    """What starts Swagger UI: the policy allows no scripts inside a page."""
    return FileResponse(str(WEB / "start.js"))


def add_files(app: FastAPI) -> None:
    """Serves the files that pages need."""
    app.mount("/docs/vendor", StaticFiles(directory=str(WEB / "vendor")))
