"""A page that has of Frappe's Desk what our scripts need: forms, lists, calls that a test answers, and jQuery's words."""

import re
from pathlib import Path

import customer_thread

APP = Path(customer_thread.__file__).parent
_INCLUDE = re.compile(r"{% include \"customer_thread/(.+?)\" %}")

_JQUERY = """
class Found {
	constructor(nodes) { this.nodes = nodes; this.length = nodes.length; nodes.forEach((node, at) => (this[at] = node)); }
	each(act) { this.nodes.forEach((node, at) => act(at, node)); return this; }
	find(words) { return new Found(this.nodes.flatMap((node) => [...node.querySelectorAll(words)])); }
	text(words) { return this.each((at, node) => (node.textContent = words)); }
	first() { return new Found(this.nodes.slice(0, 1)); }
	[Symbol.iterator]() { return this.nodes[Symbol.iterator](); }
	toggleClass(name, is_on) { return this.each((at, node) => node.classList.toggle(name, is_on)); }
	addClass(names) { return this.each((at, node) => node.classList.add(...names.split(" ").filter(Boolean))); }
	css(given, value) {
		const styles = typeof given === "string" ? { [given]: value } : given;
		return this.each((at, node) => Object.assign(node.style, styles));
	}
	attr(given, value) {
		const all = typeof given === "string" ? { [given]: value } : given;
		return this.each((at, node) => Object.entries(all).forEach(([name, words]) => node.setAttribute(name, words)));
	}
	prop(name) { return this[0][name]; }
	on(name, ...more) {
		const act = more.pop();
		const meant = (event) => (more.length ? event.target.closest(more[0]) : event.currentTarget);
		return this.each((at, node) => node.addEventListener(name, (event) => {
			const currentTarget = meant(event);
			if (currentTarget) act({ currentTarget });
		}));
	}
	empty() { return this.each((at, node) => node.replaceChildren()); }
	hide() { return this.css("display", "none"); }
	remove() { return this.each((at, node) => node.remove()); }
	append(...parts) {
		for (const part of parts.flat()) this[0].append(...(part instanceof Found ? part.nodes : [part]));
		return this;
	}
	appendTo(place) { (place[0] || place).append(...this.nodes); return this; }
	prependTo(place) { (place[0] || place).prepend(...this.nodes); return this; }
	insertAfter(place) { place.after(...this.nodes); return this; }
}
window.$ = (given) => {
	if (typeof given !== "string") return new Found([given]);
	const place = document.createElement("template");
	place.innerHTML = given;
	return new Found([...place.content.children]);
};
"""
_MOMENT = """
class Moment {
	constructor(at = Date.now(), zone = "UTC") { this.at = new Date(at); this.zone = zone; }
	tz(zone) { return new Moment(this.at, zone); }
	clone() { return new Moment(this.at, this.zone); }
	add(count, unit) { this.at.setTime(this.at.getTime() + count * (unit === "days" ? 86400000 : 3600000)); return this; }
	day() { return this.at.getUTCDay(); }
	hour(hour) { this.at.setUTCHours(hour); return this; }
	startOf() { this.at.setUTCMinutes(0, 0, 0); return this; }
	toISOString() { return this.at.toISOString(); }
	fromNow() { return "a minute ago"; }
	isBefore() { return this.at < new Date(); }
	format() {
		const parts = { timeZone: this.zone, dateStyle: "medium", timeStyle: "short" };
		return new Intl.DateTimeFormat("en-US", parts).format(this.at).replace(/\\u202f/g, " ");
	}
}
window.moment = { utc: (at) => new Moment(at) };
"""
_FRAPPE = """
window.asked = [];
window.answers = [];
window.shown = [];
window.forms = {};
window.may_write = true;
const place = (parent = document.body) => new Found([parent.appendChild(document.createElement("div"))]);
window.frappe = {
	boot: { customer_thread_desk: "1", time_zone: { user: "America/New_York" } },
	listview_settings: {},
	user: { has_role: () => true },
	provide(name) { window[name] = window[name] || {}; },
	utils: {
		escape_html: (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
		get_form_link: (doctype, name) => `/app/${doctype}/${name}`,
		get_link_title: (doctype, name) => window.titles[name],
		debounce: (act) => act,
	},
	model: { can_read: () => true, can_write: () => window.may_write },
	call: async (given) => {
		window.asked.push(given);
		return { message: window.answers.length > 1 ? window.answers.shift() : window.answers[0] };
	},
	realtime: { on() {}, emit() {}, doc_subscribe() {}, socket: { connected: true } },
	db: {
		get_list: async () => [],
		get_doc: async (doctype, name) => window.documents[name],
		set_value: async (...given) => window.asked.push(given),
	},
	prompt: (field, act, title, label) => { window.prompted = { field, act, title, label }; },
	show_alert: (given) => window.shown.push(given),
	ui: {
		form: {
			on: (doctype, handlers) => { window.forms[doctype] = handlers; },
			make_control({ parent, df }) {
				let value = "";
				return { get_value: () => value, set_value(given) { value = given; df.change(); } };
			},
		},
		Dialog: class {
			constructor({ title }) {
				const head = place().attr("class", "modal-title");
				head[0].innerHTML = title;
				this.$body = place();
			}
			show() {}
			hide() { this.$body[0].remove(); }
		},
	},
};
window.__ = (text, given = []) => text.replace(/{(\\d+)}/g, (_all, number) => given[number]);
window.form = (doctype, doc, fields = []) => ({
	doctype, doc, docname: doc.name,
	buttons: {},
	layout: { wrapper: place() },
	dashboard: { add_indicator() {} },
	page: { set_title(words) { this.title = words; }, set_indicator() {} },
	fields_dict: Object.fromEntries(fields.map((name) => [name, { df: {}, $wrapper: place() }])),
	hidden: {},
	is_new: () => false,
	disable_save() {},
	set_query() {},
	set_df_property(field, key, value) { this.fields_dict[field].df[key] = value; },
	toggle_display(field, is_shown) { this.hidden[field] = !is_shown; },
	$wrapper: place(),
	add_custom_button(label, act, group) {
		this.buttons[group ? `${group}: ${label}` : label] = act;
		return place();
	},
	perm: [],
	refresh_field() {},
	toolbar: { set_indicator() {} },
});
"""
#: what a page needs before any script of ours
FRAME = "\n".join([_JQUERY, _MOMENT, _FRAPPE])


def script(name: str) -> str:
	"""Return a script of ours with what it includes, `name` below the app's folder."""
	return _INCLUDE.sub(lambda found: script(found[1]), (APP / name).read_text("utf-8"))
