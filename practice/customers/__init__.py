"""The invented customers and the clock they live by."""
