from __future__ import annotations

import pytest
import sqlalchemy as sa

from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import SubscriberStopped, Subscription
from qa_platform.web import pages
from tests.web.conftest import REVIEWER


def test_the_start_page_speaks_english_unless_asked(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert "Quality assurance of micro-credentials" in answer.text
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "ms-MY, ms;q=0.9, en;q=0.5", "ms"),
        ("/", "en-GB, ms;q=0.9", "en"),
        ("/", "fr", "en"),
        ("/?lang=ms", "en", "ms"),
        ("/?lang=en", "ms", "en"),
        ("/?lang=xx", "ms", "ms"),
    ],
)
def test_the_reader_chooses_the_language(client, address, accepted, language):
    answer = client.get(address, headers={"Accept-Language": accepted})

    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_both_languages_say_the_same_things():
    assert pages._words("en").keys() == pages._words("ms").keys()


@pytest.mark.parametrize("address", ["/", "/api/"])
def test_a_page_names_no_other_host(client, address):
    assert "//" not in client.get(address).text.replace("<!doctype html>", "")


def test_health_counts_what_waits_for_its_place(client, ledger, note):
    assert client.get("/healthz").json == {
        "status": "ok",
        "database": "reachable",
        "lag": 1,
        "unaccounted": 0,
        "subscribers": [],
    }


def test_health_counts_nothing_once_all_have_their_place(client, ledger, note):
    drain(ledger.engine)

    assert client.get("/healthz").json["lag"] == 0


def test_an_event_without_a_place_is_not_healthy(client, database, note):
    engine = sa.create_engine(database.superuser_url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM ledger.unsequenced"))
    engine.dispose()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json["unaccounted"] == 1


def test_a_stopped_subscriber_asks_for_attention_without_telling_why(client, ledger, note):
    drain(ledger.engine)
    subscription = Subscription(ledger, "journey", "me")
    with pytest.raises(SubscriberStopped):
        subscription.step(lambda _connection, _recorded: {}["a secret"])

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json["status"]) == (200, "attention")
    assert answer.json["subscribers"] == [{"name": "journey", "behind": 1, "stopped": True}]


def test_a_health_check_does_not_count_anew_for_everybody(client, ledger):
    first = client.get("/healthz").json
    client.post("/api/v1/board/notes", json={"text": "x"}, headers=REVIEWER)

    assert client.get("/healthz").json == first


def test_only_the_files_of_the_page_are_served(client):
    assert client.get("/api/assets/swagger-ui.css", buffered=True).status_code == 200
    for name in ("oauth2-redirect.html", "index.css", "..%2f__init__.py", "LICENSE"):
        assert client.get(f"/api/assets/{name}").status_code == 404
