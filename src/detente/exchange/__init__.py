"""Tables in and out: CSV, Parquet, JSON, and plain text for a terminal."""
