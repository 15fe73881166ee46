"""Figures of the desk from its facts: waits, answers, service levels, load. Formulas: docs/metrics.md."""
