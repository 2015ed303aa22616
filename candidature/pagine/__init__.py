"""Pages of the candidatures, by subject."""
