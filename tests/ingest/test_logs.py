"""Logs go to the error stream, one event a line."""

import pytest
import structlog

from ingest import logs


def test_an_event_is_a_line_of_keys_and_values_on_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        logs.configure()
        structlog.get_logger().bind(file="báo cáo.xlsx", unit="849", period="2023Q1").info("file_received")
    finally:
        structlog.reset_defaults()
    written = capsys.readouterr()
    assert written.out == ""
    (line,) = written.err.splitlines()
    assert line.endswith('level=info event=file_received file="báo cáo.xlsx" unit=849 period=2023Q1')
