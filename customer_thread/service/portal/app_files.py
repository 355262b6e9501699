"""What makes the page an app on a phone: its manifest, its icons and its service worker, the same on both hosts."""

import json
import re

from customer_thread.domain.errors import NotFound
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.push.payload import cut_at_word
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.portal.app_icon import KINDS, icon, version
from customer_thread.service.portal.assets import files
from customer_thread.service.ports import Ports

MANIFEST = "/messages.webmanifest"
#: at the root, so that it may look after every page
WORKER = "/messages-sw.js"
#: what is shown where nothing was kept
OFFLINE = "/messages/offline"
_ICON = re.compile(r"/messages-icon-(192|512|maskable|180)\.png")
#: characters below an icon on a home screen
_SHORT = 12
_HOUR = "public, max-age=3600"
_YEAR = "public, max-age=31536000, immutable"


def is_app_file(path: str) -> bool:
	"""Return whether a path is one of these files."""
	return path in (MANIFEST, WORKER) or bool(_ICON.fullmatch(path))


def app_file(ports: Ports, path: str, asked_version: str = "") -> HttpAnswer:
	"""Return one of these files; `asked_version`: which of the icons, all of whose content has one. Raise NotFound."""
	if path == MANIFEST:
		body = json.dumps(_manifest(ports), ensure_ascii=False).encode()
		return HttpAnswer(body, "application/manifest+json", headers={"Cache-Control": _HOUR})
	if path == WORKER:
		script = files()["js/worker/messages-sw.js"].data
		return HttpAnswer(script, "text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
	found = _ICON.fullmatch(path)
	kind = next((kind for kind in KINDS if found and kind == found[1]), None)
	if kind is None:
		raise NotFound("This file is not there.")
	accent, logo = ports.settings().accent_color, ports.logo()
	is_lasting = asked_version == version(accent, logo)
	return HttpAnswer(
		icon(kind, accent, logo), "image/png", headers={"Cache-Control": _YEAR if is_lasting else _HOUR}
	)


def _manifest(ports: Ports) -> dict[str, object]:
	settings = ports.settings()
	named = version(settings.accent_color, ports.logo())
	icons = [
		{
			"src": f"/messages-icon-{kind}.png?v={named}",
			"sizes": f"{side}x{side}",
			"type": "image/png",
			"purpose": "maskable" if kind == "maskable" else "any",
		}
		for kind, (side, _share) in KINDS.items()
		if kind != "180"
	]
	return {
		"id": "/messages",
		"name": settings.business_name,
		"short_name": _short(settings.business_name),
		"start_url": "/messages",
		"scope": "/",
		"display": "standalone",
		"lang": settings.locale.replace("_", "-"),
		"theme_color": accents(settings.accent_color)["accent"],
		"background_color": "#ffffff",
		"icons": icons,
	}


def _short(name: str) -> str:
	"""Return as much of a name as stands below an icon, whole words if there are any: "Mike's" of "Mike's Contracting"."""
	return name if len(name) <= _SHORT else cut_at_word(name, _SHORT).removesuffix("…")
