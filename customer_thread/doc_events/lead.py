"""A Lead has a thread of his own until he becomes a Customer."""

from customer_thread.doc_events.contact import after_rename, before_rename, on_change, on_trash

__all__ = ["after_rename", "before_rename", "on_change", "on_trash"]
