"""What is due about panels without anybody asking: of their seats, of proposed scores, of drafts."""

from qa_platform.panels.jobs.agreeing import close_factual_checks, let_silence_agree
from qa_platform.panels.jobs.seating import remind_reviewers, replace_late

__all__ = ["close_factual_checks", "let_silence_agree", "remind_reviewers", "replace_late"]
