"""A Lead has a thread of their own until they become a Customer."""

from customer_thread.doc_events.contact import after_rename, before_rename, on_change, on_trash

__all__ = ["after_rename", "before_rename", "on_change", "on_trash"]
