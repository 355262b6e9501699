"""The measures of the embedded host, taken side by side in one run: `python -m benchmarks`."""
