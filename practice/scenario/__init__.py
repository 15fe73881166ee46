"""Scenario files: what a practice desk consists of and who its customers are."""
