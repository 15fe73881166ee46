"""Themes as data: what a theme must name, the shipped ones, reading one's own."""
