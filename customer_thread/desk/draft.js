// What is being written in a thread, kept in this browser for this user until the server has it.
frappe.provide("customer_thread");

customer_thread.Draft = class {
	constructor(thread) {
		this.key = `customer-thread-desk:${frappe.session.user}:${thread}`;
		Object.assign(this, { text: "", is_note: false, id: "", tried: "", channel: "auto" }, this.kept());
	}

	kept() {
		try {
			return JSON.parse(localStorage.getItem(this.key)) || {};
		} catch {
			return {};
		}
	}

	/** Change it; `id` is the message's own from its first letter on, so that however often it is sent it is one. */
	set(changes) {
		Object.assign(this, changes);
		if (!this.text) Object.assign(this, { id: "", tried: "" });
		else this.id = this.id || customer_thread.new_id();
		const { text, is_note, id, tried, channel } = this;
		try {
			if (text) localStorage.setItem(this.key, JSON.stringify({ text, is_note, id, tried, channel }));
			else localStorage.removeItem(this.key);
		} catch {
			// no storage: it is kept as long as the page is
		}
	}
};
