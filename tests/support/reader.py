"""A reader in New York on the day of the example."""

from zoneinfo import ZoneInfo

from customer_thread.domain.wording import Reader
from support.clock import NOW

READER = Reader(ZoneInfo("America/New_York"), "en_US", str, NOW)
