"""What an older site needs changed; `patches.txt` lists it."""
