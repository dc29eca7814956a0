"""A `Dossier` in; JSON, a brief, a terminal view or one HTML page out. Pure: nothing here opens a file or a socket."""
