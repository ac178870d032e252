"""The documentation is served whole: no file of it comes from anywhere else."""

import hashlib
import re
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from tests.web import client

VENDOR = files("api") / "web" / "vendor"
SUMS = [line.split("  ") for line in (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines()]


@pytest.fixture
def web() -> TestClient:
    return client()


def test_the_start_leads_to_the_documentation(web: TestClient) -> None:
    assert "/docs" == web.get("/", follow_redirects=False).headers["location"]


def test_the_documentation_asks_for_files_of_this_service_only(web: TestClient) -> None:
    page = web.get("/docs")
    asked = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert 4 == len(asked)
    for address in asked:
        assert address.startswith("/docs/")
        assert 200 == web.get(address).status_code
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http" not in page.text


def test_the_documentation_shows_our_document(web: TestClient) -> None:
    assert '"/openapi.json"' in web.get("/docs/start.js").text
    assert "dayroute" == web.get("/openapi.json").json()["info"]["title"]


@pytest.mark.parametrize(("digest", "name"), SUMS, ids=[name for _, name in SUMS])
def test_vendored_files_are_as_they_were_published(digest: str, name: str) -> None:
    assert digest == hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()


def test_every_vendored_file_has_a_sum() -> None:
    found = {
        f"{folder.name}/{file.name}" for folder in VENDOR.iterdir() if folder.is_dir() for file in folder.iterdir()
    }

    assert found == {name for _, name in SUMS}
