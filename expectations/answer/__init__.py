"""The answer that a sender can act on: the own workbook with marks, and an acknowledgement of receipt."""

from expectations.answer.book import write_answer

__all__ = ["write_answer"]
