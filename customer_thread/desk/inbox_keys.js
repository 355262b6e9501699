// Single keys of the inbox, as long as nothing is being typed.
frappe.provide("customer_thread");

const KEYS = [
	["j", () => __("Next thread"), (inbox) => inbox.step(1)],
	["k", () => __("Thread before"), (inbox) => inbox.step(-1)],
	["Enter", () => __("Open it"), (inbox) => (inbox.thread ? inbox.pane.place.firstElementChild?.focus() : inbox.step(1))],
	["r", () => __("Reply"), (inbox) => write(inbox, false)],
	["n", () => __("Write a note"), (inbox) => write(inbox, true)],
	["e", () => __("Done"), (inbox) => inbox.done()],
	["a", () => __("Assign"), (inbox) => inbox.thread && inbox.pane.assign()],
	["s", () => __("Snooze"), (inbox) => inbox.pane.snooze?.focus()],
	["/", () => __("Search"), (inbox) => inbox.list.search.select()],
	["Escape", () => __("Back to the list"), (inbox) => inbox.go(inbox.tab, "")],
	["?", () => __("These keys"), () => customer_thread.part("keys").then(({ show_keys }) => show_keys(KEYS))],
];

customer_thread.listen_for_keys = function (inbox) {
	document.addEventListener("keydown", (event) => {
		if (!inbox.is_shown || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		const { target } = event;
		if (target.closest("input, textarea, select, [contenteditable]")) {
			if (event.key === "Escape" && inbox.root.contains(target)) target.blur();
			return;
		}
		if (document.querySelector(".modal.show")) return;
		// what can be pressed and is entered does what it says
		if (event.key === "Enter" && target.closest("a, button, summary")) return;
		const found = KEYS.find(([key]) => key === event.key);
		if (!found) return;
		event.preventDefault();
		event.stopPropagation();
		// a key that is held goes through the list, and does nothing else twice
		if (event.repeat && !["j", "k"].includes(event.key)) return;
		found[2](inbox);
	}, true);
};

function write(inbox, is_note) {
	if (inbox.thread && inbox.pane.page) inbox.pane.box(inbox.thread).write(is_note);
}
