"""Erasing a person: canaries are planted, the key destroyed, and the whole data directory searched."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest
import sqlalchemy as sa

from qa_platform.kernel.sealed import FORGOTTEN, seal
from qa_platform.ledger.keys import KeyFileUnusable, Keys, PersonForgotten, read_key_file
from qa_platform.ledger.ledger import Key
from qa_platform.ledger.rebuild import rebuild
from qa_platform.ledger.sequencer import drain
from qa_platform.people.commands import ChangeContact, DestroySubjectKey, RegisterPerson
from qa_platform.people.read_model import ACCOUNTS
from qa_platform.providers.commands import RegisterProvider
from tests.ledger.shelf import SHELVES, LendBook
from tests.whole import whole_ledger


def found_on_disk(database, word: str) -> bool:
    """Return whether a word stands anywhere in the server's files: tables, indexes, log, temporary files."""
    superuser = sa.create_engine(database.superuser_url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with superuser.connect() as connection:
        connection.execute(sa.text("CHECKPOINT"))
        folder = Path(connection.scalar(sa.text("SHOW data_directory")))
    wanted = word.encode()
    for root, _, files in os.walk(folder):
        for name in files:
            try:
                if wanted in (Path(root) / name).read_bytes():
                    return True
            except FileNotFoundError:
                continue
    return False


def forget(ledger, person_id: str) -> None:
    with ledger.reading() as connection:
        fingerprints = ledger.keys.fingerprints(connection, person_id)
    command = DestroySubjectKey(
        subject=person_id, purpose="*", fingerprints=fingerprints, legal_basis="consent_withdrawn", reason="Asked for."
    )
    ledger.execute(
        command, actor="administrator:a", also=lambda connection: ledger.keys.destroy(connection, person_id) and None
    )


def test_of_an_erased_person_nothing_is_left_on_disk_and_history_stays_whole(database):
    name, email, phone, control = (f"canary{secrets.token_hex(8)}" for _ in range(4))
    with whole_ledger(database) as ledger:
        key = Key(actor="a", route="POST /people", key="k", fingerprint=secrets.token_hex(32))
        register = RegisterPerson(person_id="p1", name=name, email=f"{email}@example.org", telephone=phone)
        ledger.execute(register, actor="administrator:a", key=key)
        ledger.execute(
            ChangeContact(person_id="p1", name=f"{name} the second", email=f"{email}@example.org", telephone=phone),
            actor="administrator:a",
        )
        ledger.execute(
            RegisterProvider(provider_id="x", legal_name=control, kind="other", country="MY", origin="registration"),
            actor="administrator:a",
        )
        drain(ledger.engine)
        (row,) = _accounts(ledger)
        assert row.name.value == f"{name} the second"
        leaves = [recorded.digest for recorded in ledger.read_stream("person-p1")]

        forget(ledger, "p1")

        assert [rebuild(ledger, projection).differing for projection in ledger.projections] == [0] * len(
            ledger.projections
        )
        (row,) = _accounts(ledger)
        assert row.name.value in (FORGOTTEN, None)
        assert [recorded.digest for recorded in ledger.read_stream("person-p1")][: len(leaves)] == leaves
        # The control shows that a word in clear would have been found.
        assert found_on_disk(database, control)
        assert [word for word in (name, email, phone) if found_on_disk(database, word)] == []


def _accounts(ledger):
    with ledger.reading() as connection:
        rows = ACCOUNTS.rows(connection, sa.select(ACCOUNTS.table))
    return ledger.open_rows(rows)


def test_after_erasure_nothing_personal_can_be_written_about_the_person_again(ledger):
    lend = LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling"))
    ledger.execute(lend, actor="tester")
    with ledger.engine.begin() as connection:
        ledger.keys.destroy(connection, "p1")

    with pytest.raises(PersonForgotten):
        ledger.execute(lend, actor="tester")
    assert len(ledger.read_stream("shelf-a")) == 1


def test_a_key_destroyed_by_one_process_is_gone_for_every_other_at_once(ledger, open_ledger):
    other = open_ledger()
    ledger.execute(LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling")), actor="tester")
    assert other.read_stream("shelf-a", opened=True)[0].event.reader.value == "Mei Ling"

    with ledger.engine.begin() as connection:
        ledger.keys.destroy(connection, "p1")

    assert other.read_stream("shelf-a", opened=True)[0].event.reader.value is FORGOTTEN
    with other.reading() as connection:
        rows = SHELVES.rows(connection, sa.select(SHELVES.table))
    assert other.open_rows(rows)[0].reader.value is FORGOTTEN


def test_the_planner_keeps_no_sample_of_a_wrapped_key(ledger, bare_database):
    for person in range(50):
        lend = LendBook(shelf="a", title="Emma", reader=seal(f"p{person}", "Mei Ling"))
        ledger.execute(lend, actor="tester")
    superuser = sa.create_engine(bare_database.superuser_url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with superuser.connect() as connection:
        connection.execute(sa.text("ANALYZE keys.subject_keys"))
        sampled = connection.scalars(sa.text("SELECT attname FROM pg_stats WHERE tablename = 'subject_keys'"))
        assert "wrapped" not in set(sampled)


def test_a_rollback_leaves_no_key_behind(ledger):
    with pytest.raises(ZeroDivisionError):
        ledger.execute(
            LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling")), actor="tester", also=lambda _: 1 / 0
        )
    with ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM keys.subject_keys")) == 0


def test_the_wrong_key_file_says_so(ledger, open_ledger):
    ledger.execute(LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling")), actor="tester")

    with pytest.raises(KeyFileUnusable, match="belongs to this database"):
        open_ledger(keys=Keys(bytes(32))).read_stream("shelf-a", opened=True)


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "00" * 31])
def test_a_broken_key_file_says_what_to_do(tmp_path, content):
    (tmp_path / "kek").write_text(content)
    (tmp_path / "kek").chmod(0o600)

    with pytest.raises(KeyFileUnusable, match=r"backup|64"):
        read_key_file(tmp_path / "kek")


def test_a_key_file_that_others_can_read_says_how_to_close_it(tmp_path):
    (tmp_path / "kek").write_text("ab" * 32)
    (tmp_path / "kek").chmod(0o640)

    with pytest.raises(KeyFileUnusable, match="chmod 600"):
        read_key_file(tmp_path / "kek")


def test_an_absent_key_file_says_what_to_do(tmp_path):
    with pytest.raises(KeyFileUnusable, match="Restore it"):
        read_key_file(tmp_path / "kek")
