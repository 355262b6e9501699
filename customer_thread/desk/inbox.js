// The inbox: tabs, the list of threads and the one that is open. Where one is stands in the address.
frappe.provide("customer_thread");

customer_thread.Inbox = class {
	constructor(wrapper) {
		this.wrapper = wrapper;
		Object.assign(this, { tab: "waiting", q: "", assigned: "", thread: "", lines: [], before: null, counts: {} });
		this.root = $(wrapper).find(".layout-main-section")[0];
		this.root.classList.add("ct-inbox");
		this.list = new customer_thread.InboxList(this);
		this.pane = new customer_thread.InboxPane(this);
		this.root.append(this.list.element, this.pane.element);
		customer_thread.listen_for_keys(this);
		this.listen();
	}

	get is_here() {
		return frappe.get_route()[0] === "thread-inbox";
	}

	get is_shown() {
		return this.is_here && !document.hidden;
	}

	listen() {
		const soon = frappe.utils.debounce(() => this.is_shown && this.refresh(), 500);
		frappe.realtime.on("customer_thread_list_changed", soon);
		frappe.realtime.on("connect", () => {
			this.subscribe();
			soon();
		});
		customer_thread.follow(() => (this.is_here ? this.thread : ""), () => this.pane.refresh());
		document.addEventListener("visibilitychange", soon);
		// what was snoozed comes back, and a socket may be gone
		setInterval(() => this.is_shown && this.refresh(), 60000);
	}

	/** Be where the address says: /app/thread-inbox/tab/thread/entry. */
	show() {
		const [, tab, thread, entry] = frappe.get_route();
		this.subscribe();
		this.tab = customer_thread.INBOX_TABS[tab] ? tab : this.tab;
		this.open(thread || "", entry || "");
		this.refresh();
	}

	/** Go to another tab or thread, or an entry of it, so that back leads here again. */
	go(tab, thread, entry) {
		frappe.set_route(["thread-inbox", tab, thread, entry].filter(Boolean).map(String));
	}

	/** Go to a thread of the list; of one that was searched for, to where it was said. */
	go_to({ thread, found }) {
		this.go(this.tab, thread, found && found.entry);
	}

	open(thread, entry) {
		this.thread = thread;
		this.root.classList.toggle("is-open", Boolean(thread));
		this.pane.open(thread, entry);
		this.list.mark();
		customer_thread.enter(thread);
	}

	subscribe() {
		if (frappe.realtime.socket) frappe.realtime.doctype_subscribe("Customer Thread");
	}

	/** Read the list anew, as much of it as is shown. */
	async refresh() {
		await this.load({ limit: Math.min(100, Math.max(50, this.lines.length)) });
	}

	async search(q) {
		this.q = q;
		await this.refresh();
	}

	async filter(assigned) {
		this.assigned = assigned;
		await this.refresh();
	}

	async more() {
		if (this.before) await this.load({ before: this.before });
	}

	async load(args) {
		const asked = { tab: this.tab, q: this.q, assigned: this.assigned, ...args };
		const is_mine = () => asked.tab === this.tab && asked.q === this.q && asked.assigned === this.assigned;
		this.list.busy(true);
		try {
			const found = await customer_thread.ask("inbox", asked, "GET");
			if (!is_mine()) return;
			const known = new Set(found.threads.map(({ thread }) => thread));
			this.lines = args.before ? [...this.lines.filter(({ thread }) => !known.has(thread)), ...found.threads] : found.threads;
			Object.assign(this, { before: found.before, counts: found.counts });
			this.list.draw();
			this.pane.catch_up(this.lines.find(({ thread }) => thread === this.thread));
		} catch (error) {
			if (is_mine()) this.list.fail(error.message);
		} finally {
			this.list.busy(false);
		}
	}

	/** Open the next or the last thread of the list. */
	step(by) {
		const at = this.lines.findIndex(({ thread }) => thread === this.thread);
		const next = this.lines[at < 0 ? 0 : at + by];
		if (next) this.go_to(next);
	}

	/** Call the thread that is open done as far as it was seen, and go on to the next; it can be undone. */
	async done() {
		const { thread, tab } = this;
		if (!thread || !this.pane.page) return;
		if (this.pane.page.newer) {
			frappe.show_alert({ message: __("Here are the latest messages. Press Done once more if nobody needs to answer."), indicator: "blue" });
			return this.go(tab, thread);
		}
		const upto = this.pane.last;
		if (!upto) return;
		const at = this.lines.findIndex((line) => line.thread === thread);
		const next = this.lines[at + 1] || this.lines[at - 1];
		if (tab === "waiting" || tab === "unread") {
			this.lines = this.lines.filter((line) => line.thread !== thread);
			this.list.draw();
			this.go(tab, next ? next.thread : "");
		}
		if (!(await this.change("done", { thread, upto }))) return;
		const undo = async () => {
			await this.change("done", { thread, undo: 1 });
			this.go(tab, thread);
		};
		customer_thread.offer_undo(__("Done"), undo);
	}

	async snooze(until) {
		const { thread } = this;
		if (!(await this.change("snooze", until ? { thread, until } : { thread }))) return;
		customer_thread.offer_undo(until ? __("Snoozed") : __("Back again"), () => this.change("snooze", { thread }));
	}

	/** Return whether it went well. */
	async change(call, args) {
		let is_well = true;
		try {
			await customer_thread.ask(call, args);
		} catch (error) {
			is_well = false;
			frappe.show_alert({ message: frappe.utils.escape_html(error.message), indicator: "red" });
		}
		await Promise.all([this.refresh(), this.pane.refresh()]);
		return is_well;
	}
};

customer_thread.offer_undo = function (words, undo) {
	const label = __("Undo");
	const message = `${frappe.utils.escape_html(words)} · <a href="#" data-action="undo">${label}</a>`;
	frappe.show_alert({ message, indicator: "green" }, 8, { undo: () => undo() });
};
