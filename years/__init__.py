"""Years and courts side by side: what several conferences said of the same things."""
