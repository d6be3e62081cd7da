"""A certificate as JUnit XML, which nearly every CI system reads.

Written so that the stricter readers take it, too: a suite a topic, a case a question,
times everywhere with three digits at most, the result before anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from drill.extras import needed
from drill.screen.certificate import replay
from drill.selftest import Record
from drill.visible import counted

# What XML 1.0 cannot hold.
_UNWRITABLE = re.compile(
    "[^\t\n\r\u0020-\u007e\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
MOST_CHARACTERS = 500


def junit(
    records: Sequence[Record],
    seeds: int,
    bank: Sequence[str] = (),
    *,
    times: bool = False,
) -> bytes:
    """Write records as JUnit XML.

    Parameters
    ----------
    records : sequence of Record
        In the order of the bank, so that a topic's questions stand together.
    seeds : int
    bank : sequence of str
        The folders that were given with ``--bank``.
    times : bool
        Whether the time spent is written; else it is 0.

    Raises
    ------
    UsageError
        When the package that writes it is not installed.
    """
    needed("junitparser", "ci", "--junit")
    from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

    whole = JUnitXml("drill selftest")
    for topic, group in groupby(records, key=lambda record: record.topic):
        suite = TestSuite(topic)
        for record in group:
            seconds = round(record.seconds, 3) if times else 0.0
            case = TestCase(record.question, topic, seconds)
            if record.findings:
                first = record.findings[0]
                count = sum(record.counts.values())
                head = _clean(
                    f"{counted(count, 'finding')}, first {first.rule}: {first.message}"
                )
                failure = Failure(head[:MOST_CHARACTERS], first.rule)
                failure.text = _clean(_text(record, seeds, bank))
                case.result = [failure]
            elif record.stopped:
                case.result = [Skipped("interrupted")]
            suite.add_testcase(case)
        whole.add_testsuite(suite)
    whole.update_statistics()  # type: ignore[no-untyped-call]
    for timed in (*whole, whole):
        timed.time = round(timed.time, 3)
    written = whole.tostring()  # type: ignore[no-untyped-call]
    text = written.decode() if isinstance(written, bytes) else written
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _text(record: Record, seeds: int, bank: Sequence[str]) -> str:
    lines = []
    for found in record.findings:
        lines.append(f"{found.file}:{found.line}: {found.rule}: {found.message}")
        lines.append(f"  {replay(found, record.topic, seeds, bank)}")
    return "\n".join(lines)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("�", text)
