"""Speed as ratios within one run, on generated corpora. `python -m benchmarks --help` tells the rest."""
