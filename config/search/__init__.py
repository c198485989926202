"""The search over everything that a reader may see. How words are found is in courts/search.py."""
