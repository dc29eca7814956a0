"""Claims and events of a pair in; ledger of ties, ladder, monthly climate, verdict and limits out."""
