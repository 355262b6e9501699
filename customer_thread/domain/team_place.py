"""Where the team talks: a channel of its chat with a topic a customer, or one person alone with the bot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TeamPlace:
	"""A topic of a channel, or one user's direct messages."""

	channel: str = ""
	topic: str = ""
	#: the provider's id of a user; empty for a channel
	user: str = ""

	@property
	def key(self) -> str:
		"""Return the place as an address of a delivery, which staff read: "#customers>Sarah Lee #174"."""
		if self.user:
			return f"@{self.user}"
		return f"#{self.channel.replace('%', '%25').replace('>', '%3E')}>{self.topic}"

	@classmethod
	def of_key(cls, key: str) -> "TeamPlace":
		"""Return the place that `key` was made of."""
		if key.startswith("@"):
			return cls(user=key[1:])
		channel, _mark, topic = key.removeprefix("#").partition(">")
		return cls(channel.replace("%3E", ">").replace("%25", "%"), topic)
