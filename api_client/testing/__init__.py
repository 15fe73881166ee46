"""The behaviour every backend shows, as tests over its public interface."""
