from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright
from werkzeug.serving import make_server

from qa_platform.app import create_app
from qa_platform.config import load_settings
from qa_platform.ledger.ledger import Ledger
from tests.browser import chromium
from tests.whole import whole_ledger


@contextmanager
def served(ledger: Ledger) -> Iterator[str]:
    """Serve the whole platform over a ledger, and give its address."""
    server = make_server("127.0.0.1", 0, create_app(load_settings(), ledger=ledger), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def address(database) -> Iterator[str]:
    """Serve the whole platform, and give its address."""
    with whole_ledger(database) as ledger, served(ledger) as address:
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start a real browser; where there is none, its tests cannot run."""
    path = chromium.find() or pytest.skip("no Chromium was found; “make browser” installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and what it did that it should not do."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser, address) -> Watched:
    """Open a page whose requests and complaints are kept."""
    found = Watched(browser.new_page())
    home = urlsplit(address).netloc

    def look(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != home:
            found.elsewhere.append(request.url)

    found.page.on("request", look)
    found.page.on("requestfailed", lambda request: found.complaints.append(f"failed: {request.url}"))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on(
        "console",
        lambda message: found.complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    # Violations that only report themselves to the document.
    found.page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " e => console.error('CSP', e.violatedDirective, e.blockedURI, e.sample))"
    )
    return found
