"""Helpers of the performance report: exact figures from tables to the page."""
