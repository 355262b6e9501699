"""The ways out and in: one folder a provider, the same file names in each."""
