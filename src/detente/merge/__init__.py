"""Claims in, events out: the same happening told once, its independent origins counted, its disputes kept."""
