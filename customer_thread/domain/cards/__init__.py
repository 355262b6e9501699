"""Which change of a document becomes which card, and in which words."""
