"""Inputs spoilt at random, and a second reader, written apart from the first, to judge by."""
