"""The explorer side by side with what people would pick: the same faults for the same wall time."""
