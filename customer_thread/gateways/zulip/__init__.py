"""Where the team talks: Zulip, by its REST API out and its outgoing webhook in."""
