"""Proves a bank: its answers are right, its questions tell mistakes apart."""

from drill.selftest.certify import certify
from drill.selftest.finding import Finding, Mutant, Record
from drill.selftest.rules import examine
from drill.selftest.run import Plan, certify_bank, chosen, jobs_default

__all__ = [
    "Finding",
    "Mutant",
    "Plan",
    "Record",
    "certify",
    "certify_bank",
    "chosen",
    "examine",
    "jobs_default",
]
