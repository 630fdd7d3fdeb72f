"""The pages that need no account: in both languages, in light and dark, on a phone, by keyboard, without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from qa_platform import web
from qa_platform.accreditations.decider import register_number
from qa_platform.standards.imports import publication
from tests.accreditations.factories import SERIES
from tests.browser.conftest import served
from tests.processes.casework import Agency
from tests.register.conftest import enter
from tests.scoring.small import SMALL
from tests.whole import whole_ledger

pytestmark = pytest.mark.browser

AXE = Path(web.__file__).parent / "assets" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def number() -> str:
    """Give the number of the entry that the pages show."""
    return register_number(SERIES, 1)


@pytest.fixture
def address(database) -> Iterator[str]:
    """Serve a register with a page and more of entries, one of them under conditions and one expired."""
    with whole_ledger(database) as ledger:
        agency = Agency(ledger)
        # A small one has all the parts of a large one, and is looked through in a tenth of the time.
        agency.ask(publication(SMALL, standard_id="small", version="0.1.0"))
        agency.lodge("submission-1")
        enter(agency, 1, title_ms="Penyelenggaraan Panel Suria")
        enter(agency, 2, decision_code="APP-C", decision_class="positive_with_conditions")
        enter(agency, 3, valid_from=date(2020, 1, 1), valid_to=date(2022, 12, 31))
        for serial in range(4, 24):
            enter(agency, serial, title_en=f"Bread Baking {serial}", level=3)
        with served(ledger) as address:
            yield address


def addresses(number: str) -> dict[str, int]:
    """Return addresses, and the status that each is answered with."""
    return {
        "/": 200,
        "/register": 200,
        "/register?q=bread&level=3&page=1": 200,
        "/register?q=nothing-is-like-this": 200,
        f"/register/{number}": 200,
        f"/register/{number}?on=2026-12-01": 200,
        f"/register/{number}?on=tomorrow": 200,
        "/register/nothing": 404,
        "/standard": 200,
        "/standard/small/0.1.0": 200,
        "/nowhere": 404,
    }


def opened(browser: Browser, scheme: str, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "light", 1280), ("ms", "light", 360), ("en", "dark", 360), ("ms", "dark", 1280)],
)
def test_every_page_is_accessible_and_fits_the_screen(browser, address, number, language, scheme, width):  # noqa: PLR0917 -- what a reader differs in
    axe = AXE.read_text(encoding="utf-8")
    page = opened(browser, scheme, width)
    found: dict[str, object] = {}
    for path, status in addresses(number).items():
        sign = "&" if "?" in path else "?"
        assert page.goto(f"{address}{path}{sign}lang={language}").status == status, path
        page.evaluate(axe)
        result = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
        if result["violations"]:
            found[path] = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in result["violations"]]
        assert len(result["passes"]) > 10, path
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{path} is wider than the screen"] = width
        assert page.evaluate("document.documentElement.lang") == language

    assert found == {}


def test_the_register_asks_nobody_else_and_keeps_to_the_policy(watched, address, number):
    for path in addresses(number):
        watched.page.goto(f"{address}{path}")
        watched.page.wait_for_load_state("networkidle")

    assert watched.elsewhere == []
    # The browser itself complains of what is not there, and of the day that is none.
    assert [line for line in watched.complaints if "404" not in line and "yyyy-MM-dd" not in line] == []


def test_an_employer_looks_a_course_up_by_keyboard_alone(browser, address, number):
    page = opened(browser, "light", 1280)
    page.goto(f"{address}/?lang=en")

    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("solar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register?q=solar")
    page.get_by_role("link", name="Solar Panel Maintenance").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/MY-MC-*")
    page.get_by_label("The day on the certificate").focus()
    # The same day however the browser writes one.
    page.keyboard.type("12122026")
    page.keyboard.press("Enter")
    page.wait_for_url("**?on=2026-*")

    assert page.get_by_role("status").inner_text().startswith("Yes: on")


def test_without_script_the_filters_and_the_menu_are_there(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/register?lang=en")

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("MQF level").select_option("3")
    page.get_by_role("button", name="Apply the filters").click()

    assert page.get_by_role("heading", name="20 entries").is_visible()
    assert page.get_by_label("MQF level").input_value() == "3"
    assert page.get_by_role("navigation", name="Main parts").get_by_role("link", name="The standard").is_visible()


def test_the_language_that_was_chosen_stays(browser, address):
    page = opened(browser, "light", 1280)
    page.goto(f"{address}/register?q=bread&lang=en")

    page.get_by_role("link", name="Bahasa Melayu").click()
    page.get_by_role("link", name="Bread Baking 23").click()

    assert page.get_by_role("heading", name="Sejarahnya").is_visible()
