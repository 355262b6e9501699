"""Whether a text is nothing but a few emoji: they are shown larger.

`public/js/messages/composer.js` has the same rule for what is being sent.
"""

import re

#: as many as are still a gesture, not a text
_MOST = 3
#: UTS #51: those that are pictures by themselves, and those that are with U+FE0F
_PICTURE = "[\U0001f000-\U0001faff\u2600-\u27bf\u231a\u231b\u23e9-\u23f3\u2b1b\u2b1c\u2b50\u2b55]\ufe0f?"
_STYLED = "[\u00a9\u00ae\u203c-\u3299]\ufe0f"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_SKIN = "[\U0001f3fb-\U0001f3ff]?"
_TAGS = "[\U000e0020-\U000e007f]*"
_ONE = f"(?:{_PICTURE}|{_STYLED}){_SKIN}{_TAGS}"
_EMOJI = f"(?:{_FLAG}|{_KEYCAP}|{_ONE}(?:\u200d{_ONE})*)"
_ALONE = re.compile(rf"\s*(?:{_EMOJI}\s*){{1,{_MOST}}}")
#: no three emoji take more
_LONGEST = 120


def is_emoji_alone(text: str) -> bool:
	"""Return whether a text is one, two or three emoji and nothing else."""
	return len(text) <= _LONGEST and _ALONE.fullmatch(text) is not None
