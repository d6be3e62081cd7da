"""Renders values for people and programs: lines, sentences, data.  It never prints."""
