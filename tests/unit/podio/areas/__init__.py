"""Tests of the areas: each documented operation, and what they stand on."""
