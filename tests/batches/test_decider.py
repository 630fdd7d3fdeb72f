"""An act on many cases is done once, and each of its steps is taken back at most once."""

from __future__ import annotations

from qa_platform.batches.commands import RecordBatch, TakeBackBatch
from qa_platform.batches.decider import BatchDoneBefore, BatchEmpty, BatchUnknown, NotOfTheBatch, batch_decider
from qa_platform.batches.events import BatchDone, BatchTakenBack, Item, LeftOut
from qa_platform.kernel.rejected import Rejected
from tests.specification import Specification

batch = Specification(batch_decider)
ITEMS = tuple(
    Item(about=one, subject=one, stream=f"submission-{one}", version=4) for one in ("case-1", "case-2", "case-3")
)
OUT = (LeftOut(subject="case-4", why="It is a draft."),)
RECORD = RecordBatch(batch_id="b", act="return", items=ITEMS, left_out=OUT)
DONE = BatchDone(batch_id="b", act="return", items=ITEMS, left_out=OUT)


def back(*subjects: str, **more) -> TakeBackBatch:
    return TakeBackBatch(batch_id="b", reason="The post was late.", subjects=subjects, **more)


def taken(*subjects: str, **more) -> BatchTakenBack:
    return BatchTakenBack(
        **{"batch_id": "b", "reason": "The post was late.", "subjects": subjects, "stayed": ()} | more
    )


def test_an_act_says_what_belongs_together_and_what_was_left_out():
    batch.when(RECORD).then(DONE)


def test_an_act_is_done_once():
    batch.given(DONE).when(RECORD).then_rejected(BatchDoneBefore, match="Begin a new one")


def test_an_act_on_no_case_is_none():
    empty = RecordBatch(batch_id="b", act="return", items=(), left_out=OUT)

    batch.when(empty).then_rejected(BatchEmpty, match="Read the reason beside each")
    batch.given(DONE).when(back(stayed=OUT)).then_rejected(BatchEmpty, match="Nothing was taken back")


def test_what_stayed_can_be_taken_back_later_and_nothing_twice():
    stayed = (LeftOut(subject="case-3", why="Its provider has worked on it."),)
    first = taken("case-1", "case-2", stayed=stayed)

    batch.given(DONE).when(back("case-1", "case-2", stayed=stayed)).then(first)
    batch.given(DONE, first).when(back("case-3")).then(taken("case-3"))
    batch.given(DONE, first).when(back("case-2", "case-3")).then_rejected(NotOfTheBatch, match="Look at the act again")
    batch.given(DONE, first, taken("case-3")).when(back("case-3")).then_rejected(
        NotOfTheBatch, match="all of this act was taken back before"
    )


def test_what_is_no_act_is_not_taken_back():
    batch.when(back("case-1")).then_rejected(BatchUnknown)
    batch.given(DONE).when(back("case-9")).then_rejected(NotOfTheBatch)


def test_the_reason_names_nobody():
    named = TakeBackBatch(batch_id="b", reason="Ask aisyah@example.edu.my.", subjects=("case-1",))

    batch.given(DONE).when(named).then_rejected(Rejected)
