"""Sentence in, parse out: the shipped English model, or any spaCy pipeline."""
