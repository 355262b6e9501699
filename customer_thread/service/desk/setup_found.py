"""What is found of a step of the setup."""

from dataclasses import dataclass
from typing import Literal, TypedDict

#: optional: it works without
StepState = Literal["done", "missing", "optional"]


class FoundLine(TypedDict):
	"""Something that is there, or is not."""

	state: StepState
	text: str


@dataclass(frozen=True)
class Found:
	"""How far a step is."""

	state: StepState
	why: str
	#: the setting to change; empty if it is set elsewhere
	field: str = ""
	is_moving: bool = False
	can_test: bool = False
	found: tuple[FoundLine, ...] = ()
