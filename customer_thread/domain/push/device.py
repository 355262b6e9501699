"""A browser's name of itself in two words, by which its owner and staff know it."""

#: what the name of a browser holds, the more special first; each of these calls itself Chrome or Safari too
_BROWSERS = (
	("Edg", "Edge"),
	("OPR/", "Opera"),
	("SamsungBrowser", "Samsung Internet"),
	("Firefox", "Firefox"),
	("FxiOS", "Firefox"),
	("CriOS", "Chrome"),
	("Chrome", "Chrome"),
	("Safari", "Safari"),
)
#: Android calls itself Linux too, an iPhone Mac
_SYSTEMS = (
	("Android", "Android"),
	("iPhone", "iPhone"),
	("iPad", "iPad"),
	("Windows", "Windows"),
	("CrOS", "ChromeOS"),
	("Macintosh", "Mac"),
	("Linux", "Linux"),
)
#: of a name that says neither
_LENGTH = 40


def device_name(user_agent: str) -> str:
	"""Return "Chrome on Android", or the beginning of what it says; empty for nothing (MDN, User-Agent)."""
	browser = next((name for part, name in _BROWSERS if part in user_agent), "")
	system = next((name for part, name in _SYSTEMS if part in user_agent), "")
	if browser and system:
		return f"{browser} on {system}"
	return browser or system or " ".join(user_agent.split())[:_LENGTH]
