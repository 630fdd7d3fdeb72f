from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_the_api_page_shows_the_operations_and_asks_nobody_else(watched, address):
    page = watched.page

    page.goto(f"{address}/api/")
    page.locator("#operations-tag-people").click()
    page.get_by_text("/api/v1/people", exact=True).first.click()
    page.wait_for_selector(".opblock-body")
    page.wait_for_load_state("networkidle")

    assert page.locator(".opblock-tag").count() >= 12
    assert page.locator(".opblock").count() >= 8
    assert page.locator(".errors-wrapper").count() == 0
    assert watched.elsewhere == []
    assert watched.complaints == []


def test_an_operation_can_be_tried_from_the_page(watched, address):
    page = watched.page

    page.goto(f"{address}/api/")
    page.locator("#operations-tag-people").click()
    page.locator("#operations-people-get_people_Me").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.wait_for_selector(".live-responses-table")

    assert "urn:qa-platform:problem:unauthorised" in page.locator(".live-responses-table").inner_text()
    assert watched.elsewhere == []
    # The browser itself complains of the 401 that was asked for, and of nothing else.
    assert [line for line in watched.complaints if "401" not in line] == []


@pytest.mark.parametrize("language", ["en", "ms"])
def test_the_start_page_leads_on_in_both_languages(watched, address, language):
    page = watched.page

    page.goto(f"{address}/?lang={language}")
    page.locator('main a[href="/api/"]').click()
    page.wait_for_selector(".opblock-tag")

    assert watched.elsewhere == []
    assert watched.complaints == []


def test_what_the_policy_forbids_would_be_noticed(watched, address):
    page = watched.page
    page.goto(f"{address}/api/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://elsewhere.invalid/x.png\">')")
    page.wait_for_timeout(300)

    assert any("elsewhere.invalid" in line for line in watched.complaints)
