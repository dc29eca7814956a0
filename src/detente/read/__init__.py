"""Bytes in, `Article` and `Sentence` out: text, HTML, XML, JSON lines, from file, folder, address or stdin."""
