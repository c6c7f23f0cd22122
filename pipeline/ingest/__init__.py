"""Newly published plans: sources, what was found at them, fetching with good manners, and the run on a schedule."""
