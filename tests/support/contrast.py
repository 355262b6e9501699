"""The contrast of what is on a page, computed: of each colour with what lies behind it, all of it composited."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: WCAG 2.2 §1.4.3: text, large text; §1.4.11: drawings, and the edges of fields
TEXT, LARGE, DRAWING = 4.5, 3.0, 3.0

_COMPUTE = """([TEXT, LARGE, DRAWING]) => {
	const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
	const parse = (color) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
		return [red, green, blue, alpha / 255];
	};
	const over = ([r, g, b, alpha], behind) => [r, g, b].map((part, place) => part * alpha + behind[place] * (1 - alpha));
	const chain = (item) => (item ? [item, ...chain(item.parentElement)] : []);
	const behind = (item) => {
		let found = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
		for (const each of chain(item).reverse()) found = over(parse(getComputedStyle(each).backgroundColor), found);
		return found;
	};
	const faded = (item) => chain(item).reduce((all, each) => all * Number(getComputedStyle(each).opacity), 1);
	const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
		.reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
	const contrast = (one, other) => {
		const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
		return (bright + 0.05) / (dark + 0.05);
	};
	const isSeen = (item) => item.checkVisibility({ visibilityProperty: true }) && !item.closest(".visually-hidden:not(:focus), .skip, :disabled, template");
	const known = (window.computedContrast = new Set());
	const found = [];
	const check = (item, color, least, what) => {
		const under = behind(item);
		const [r, g, b, alpha] = parse(color);
		const ratio = contrast(over([r, g, b, alpha * faded(item)], under), under);
		known.add(item);
		found.push([`${item.tagName} ${item.id} ${item.className.baseVal ?? item.className}: ${what.trim().slice(0, 40)}`, ratio, least]);
	};
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const node = texts.currentNode, item = node.parentElement;
		if (!node.data.trim() || !isSeen(item)) continue;
		const style = getComputedStyle(item);
		const size = parseFloat(style.fontSize);
		if (!size) continue;
		const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
		check(item, style.color, isLarge ? LARGE : TEXT, node.data);
	}
	for (const item of document.querySelectorAll("input:not([type=hidden]), textarea")) {
		if (!isSeen(item)) continue;
		check(item, getComputedStyle(item).color, TEXT, "what is typed");
		check(item, getComputedStyle(item, "::placeholder").color, TEXT, "placeholder");
		check(item.parentElement, getComputedStyle(item).borderTopColor, DRAWING, "edge");
	}
	for (const item of document.querySelectorAll("svg")) if (isSeen(item)) check(item, getComputedStyle(item).stroke, DRAWING, "drawing");
	for (const item of document.querySelectorAll(".chip, .call-entry")) {
		if (isSeen(item)) check(item, getComputedStyle(item, "::before").backgroundColor, DRAWING, "icon");
	}
	return found;
}"""


def contrasts(page: Page) -> list[tuple[str, float, float]]:
	"""Return each thing that is read on the page, its contrast, and the least that it must have."""
	found: list[Any] = page.evaluate(_COMPUTE, [TEXT, LARGE, DRAWING])
	return [(what, ratio, least) for what, ratio, least in found]


def too_faint(page: Page) -> list[str]:
	"""Return what cannot be told from what is behind it."""
	return [f"{what} {ratio:.2f} < {least}" for what, ratio, least in contrasts(page) if ratio < least]


def undecided(page: Page) -> list[str]:
	"""Return of what axe cannot tell the contrast, and that was not computed either; after `contrasts`."""
	answer = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}}).response
	left_open = [node["target"][0] for rule in answer["incomplete"] for node in rule["nodes"]]
	return [
		target
		for target in left_open
		if not page.evaluate(
			"""(target) => {
				const item = document.querySelector(target);
				return [item, ...item.querySelectorAll("*")].some((each) => computedContrast.has(each));
			}""",
			target,
		)
	]
