"""Sentence in, claims out: entities, predicates, status, attribution, links. Pure."""
