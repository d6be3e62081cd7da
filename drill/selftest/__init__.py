"""Proves a bank: its answers are right, its questions tell mistakes apart."""

from drill.selftest.certify import certify, examine
from drill.selftest.finding import Finding, Record
from drill.selftest.run import certify_bank, jobs_default

__all__ = ["Finding", "Record", "certify", "certify_bank", "examine", "jobs_default"]
