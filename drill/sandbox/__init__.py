"""Runs learners' programs: here, or in a worker process under limits."""

from drill.sandbox.outcome import Outcome, run_here
from drill.sandbox.worker import Worker

__all__ = ["Outcome", "Worker", "run_here"]
