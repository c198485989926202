"""What the benchmarks share: a database of their own, a served site, a closed-loop load, and a table of results."""
