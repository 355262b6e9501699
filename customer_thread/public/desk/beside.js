// The thread of a form's customer beside the form, at the cards of the form's document: what the inbox has at its right.
const SCRIPTS = "style times delivery_color conversation ask new_id draft segments colleagues reply_box joined live inbox_pane";

let shown = null;
let loaded = null;

/** Open it; `whose`: a `customer` or `lead`, `about`: the document's `reference_doctype` and `reference_name`, or nothing. */
export async function open_beside(whose, about = {}) {
	close();
	loaded = loaded || load();
	await loaded;
	close();
	shown = new Beside(whose, about);
	await shown.load();
}

async function load() {
	await Promise.all(SCRIPTS.split(" ").map((name) => customer_thread.part(`page/${name}`)));
	customer_thread.follow(() => shown?.pane?.thread || "", () => shown.pane.refresh());
	frappe.router.on("change", close);
}

function close() {
	shown?.remove();
	shown = null;
}

class Beside {
	constructor(whose, about) {
		Object.assign(this, { whose, about, opener: document.activeElement });
		this.element = customer_thread.made("section", "ct-beside", document.body);
		this.element.setAttribute("role", "dialog");
		this.element.setAttribute("aria-label", __("Messages"));
		this.element.addEventListener("keydown", (event) => {
			if (event.key !== "Escape" || event.defaultPrevented) return;
			event.stopPropagation();
			close();
		});
		this.place = customer_thread.made("div", "ct-beside-empty", this.element);
		this.say(__("Loading…"));
		this.closer().focus();
	}

	closer() {
		const found = this.element.querySelector(".ct-beside-close");
		if (found) return found;
		const made = customer_thread.made_button("btn btn-default btn-sm ct-beside-close", __("Close"), close);
		this.place.append(made);
		return made;
	}

	say(words, ...more) {
		this.place.replaceChildren(customer_thread.made_text("p", "text-muted", words), ...more);
		this.closer();
	}

	remove() {
		this.element.remove();
		if (this.opener?.isConnected) this.opener.focus();
	}

	async load() {
		let page;
		try {
			page = await customer_thread.ask("thread", { ...this.whose, ...this.about, limit: 40 }, "GET");
		} catch (error) {
			if (this !== shown) return;
			if (error.status !== 404) this.say(error.message);
			else this.say(__("There is no message with them yet."), customer_thread.made_button("btn btn-primary btn-sm", __("Write the first one"), () => this.begin()));
			this.closer().focus();
			return;
		}
		if (this === shown) this.show(page);
	}

	/** Open a thread in which the first word is ours. */
	async begin() {
		try {
			await customer_thread.ask("open", this.whose);
		} catch (error) {
			this.say(error.message);
			return;
		}
		await this.load();
	}

	show(page) {
		this.pane = new (pane_class())(this.about);
		this.place.replaceWith(this.pane.element);
		customer_thread.enter(page.thread.thread);
		this.pane.begin(page);
		this.closer().focus();
	}
}

/** Return the inbox's pane as it is beside a form; it is there once it was loaded. */
function pane_class() {
	return class extends customer_thread.InboxPane {
		constructor(about) {
			super({ tab: "all", refresh() {}, go: (_tab, thread) => this.go_on(thread) });
			this.about = about;
		}

		go_on(thread) {
			customer_thread.enter(thread);
			this.open(thread);
		}

		/** Show the page that was read first, at the document's last card. */
		begin(page) {
			const entry = String(page.documents.filter((row) => this.is_about(row)).pop()?.entry || "");
			Object.assign(this, { thread: page.thread.thread, entry, page: null, is_at_end: !entry });
			return this.show_page(page);
		}

		is_about({ doctype, name }) {
			return doctype === this.about.reference_doctype && name === this.about.reference_name;
		}

		draw(to_end) {
			super.draw(to_end);
			for (const { entry } of this.page.documents.filter((row) => this.is_about(row))) {
				this.place.querySelector(`[data-entry="${entry}"]`)?.classList.add("is-found");
			}
		}

		draw_head() {
			const { thread } = this.page;
			const names = customer_thread.made("div", "ct-inbox-who");
			names.append(customer_thread.made_text("h3", "", thread.title));
			const tools = customer_thread.made("div", "ct-inbox-tools");
			const inbox = customer_thread.made_text("a", "btn btn-default btn-sm", __("Open in the inbox"));
			inbox.href = `/app/thread-inbox/all/${thread.thread}`;
			tools.append(inbox, this.closer());
			this.head.replaceChildren(names, tools);
		}

		closer() {
			this.close_button = this.close_button || customer_thread.made_button("btn btn-default btn-sm ct-beside-close", __("Close"), close);
			return this.close_button;
		}
	};
}
