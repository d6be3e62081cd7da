"""Analyses marks: difficulty, mistakes, copies, gradebooks."""
