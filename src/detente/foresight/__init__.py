"""Forecasts frozen when they are made, and scores once the day has come."""
