"""The REST side: one module per area, each with its list of routes."""
