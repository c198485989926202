"""Certificates: what stands on them, and how many leave the printer."""
