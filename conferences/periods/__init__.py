"""Figures of weeks, months and quarters: how they are entered, and how they become those of the year."""
