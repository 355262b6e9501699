// What is being written in a thread, kept in this browser for this user until the server has it.
frappe.provide("customer_thread");

customer_thread.Draft = class {
	constructor(thread) {
		this.key = `customer-thread-desk:${frappe.session.user}:${thread}`;
		Object.assign(this, { text: "", is_note: false, id: "", tried: "", channel: "auto", upto: 0, files: [] }, this.kept());
	}

	kept() {
		try {
			return JSON.parse(localStorage.getItem(this.key)) || {};
		} catch {
			return {};
		}
	}

	/** Let it be what is kept by now, if nothing was begun here. */
	recall() {
		if (!this.is_begun) Object.assign(this, this.kept());
	}

	/** Let what is written in one thread be written in another from now on, unless something is there. */
	static move(from, to) {
		const [draft, goal] = [new customer_thread.Draft(from), new customer_thread.Draft(to)];
		if (from === to || !draft.is_begun || goal.is_begun) return;
		const { text, is_note, files } = draft;
		goal.set({ text, is_note, files });
		draft.set({ text: "", files: [] });
	}

	/** Whether there is anything to send. */
	get is_begun() {
		return Boolean(this.text || this.files.length);
	}

	/** Change it; `files`: what is uploaded to go with it; `upto`: the last entry that was read when it was begun; `id` is the message's own from its first letter on, so that however often it is sent it is one. */
	set(changes) {
		Object.assign(this, changes);
		if (!this.is_begun) Object.assign(this, { id: "", tried: "", upto: 0 });
		else this.id = this.id || customer_thread.new_id();
		const { text, is_note, id, tried, channel, upto, files } = this;
		try {
			if (this.is_begun) localStorage.setItem(this.key, JSON.stringify({ text, is_note, id, tried, channel, upto, files }));
			else localStorage.removeItem(this.key);
		} catch {
			// no storage: it is kept as long as the page is
		}
	}
};
