"""Codes, scales and registers as files a user can read, extend and replace."""
