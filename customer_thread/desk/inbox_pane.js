// The right side of the inbox: the thread that is open, what can be done with it, and the reply box.
frappe.provide("customer_thread");

const PAGE_LENGTH = 40;

customer_thread.InboxPane = class {
	constructor(inbox) {
		this.inbox = inbox;
		this.boxes = {};
		this.thread = null;
		this.page = null;
		this.element = customer_thread.made("section", "ct-inbox-pane");
		this.element.setAttribute("aria-label", __("Thread"));
		this.head = customer_thread.made("header", "ct-inbox-title", this.element);
		this.about_line = customer_thread.made("div", "ct-inbox-about", this.element);
		this.place = customer_thread.made("div", "ct-inbox-place", this.element);
		this.tray = customer_thread.made("div", "", this.element);
		this.foot = customer_thread.made("div", "", this.element);
		// what was at its end stays there while the reply box grows
		new ResizeObserver(() => this.is_at_end && this.box_shown?.scrollTo(0, this.box_shown.scrollHeight)).observe(this.place);
	}

	get box_shown() {
		return this.place.querySelector(".ct-conversation");
	}

	/** The last entry that was shown; 0: the end of the thread was not. */
	get last() {
		return this.page && !this.page.newer ? this.page.last : 0;
	}

	/** Open a thread at its end, or at one of its entries. */
	open(thread, entry = "") {
		if (thread === this.thread && entry === this.entry) return;
		Object.assign(this, { thread, entry, page: null, is_at_end: !entry });
		this.head.replaceChildren();
		this.about_line.replaceChildren();
		this.tray.replaceChildren();
		this.foot.replaceChildren();
		const words = thread ? __("Loading…") : __("Choose a thread. Press ? for the keys.");
		this.place.replaceChildren(customer_thread.made_text("p", "ct-inbox-empty text-muted", words));
		if (thread) this.refresh();
	}

	box(thread) {
		// what arrives later than one has gone on shows in its own thread
		this.boxes[thread] = this.boxes[thread] || new customer_thread.ReplyBox(thread, () => thread === this.thread && this.refresh({ to_end: true }));
		return this.boxes[thread];
	}

	/** Return what leads to the entry that is looked at, until the end of the thread is. */
	around(to_end) {
		if (to_end || (this.page && !this.page.newer)) this.entry = "";
		return this.entry ? { around: this.entry } : {};
	}

	async refresh({ to_end = false } = {}) {
		const { thread, entry } = this;
		if (!thread) return;
		let fresh;
		try {
			fresh = await customer_thread.ask("thread", { thread, limit: PAGE_LENGTH, ...this.around(to_end) }, "GET");
		} catch (error) {
			if (thread === this.thread && !this.page) this.place.replaceChildren(customer_thread.made_text("p", "ct-inbox-empty text-danger", error.message));
			return;
		}
		if (thread === this.thread && (entry === this.entry || to_end)) await this.show_page(fresh, to_end);
	}

	/** Read it anew if its line in the list says that there is more. */
	catch_up(line) {
		if (line && this.page && line.last !== (this.page.last || 0)) this.refresh();
	}

	/** Show a page that was read. */
	async show_page(fresh, to_end = false) {
		const { thread } = this;
		const is_first = !this.page;
		this.page = customer_thread.joined(this.page, fresh);
		this.draw_head();
		customer_thread.part("facts").then(({ put_facts }) => this.page && put_facts(this.about_line, this.page));
		if (is_first) {
			// before the conversation is drawn, which ends above it
			this.box(thread).recall();
			this.foot.replaceChildren(this.box(thread).element);
			this.show_unmatched();
			if (fresh.thread.party_type === "Customer") this.box(thread).offer_taps(fresh.thread.customer);
		}
		this.draw((is_first && !this.entry) || to_end);
		if (is_first && this.entry) this.show_entry();
		this.box(thread).ask_way();
		// in its middle what comes later is not seen, and is told of before something is sent
		if (is_first || !fresh.newer) this.box(thread).read_upto(fresh.last);
		if (fresh.thread.unread && !document.hidden && fresh.last && !fresh.newer) {
			await customer_thread.ask("read", { thread, upto: fresh.last }).catch(() => null);
			this.inbox.refresh();
		}
	}

	async show_unmatched() {
		const { thread } = this.page;
		if (thread.customer) return;
		const { show_unmatched } = await customer_thread.part("unmatched");
		const leave = (goal) => {
			if (goal) delete this.boxes[thread.thread];
			this.inbox.go(this.inbox.tab, goal || this.thread);
		};
		if (thread.thread === this.thread) show_unmatched(this.tray, thread, leave);
	}

	show_entry() {
		const found = this.place.querySelector(`[data-entry="${CSS.escape(this.entry)}"]`);
		if (!found) return;
		found.classList.add("is-found");
		found.scrollIntoView({ block: "center" });
	}

	draw(to_end) {
		const above = this.box_shown ? this.box_shown.scrollTop : 0;
		this.is_at_end = this.is_at_end || to_end || (!this.box_shown && !this.entry);
		const [box] = customer_thread.show_conversation(this.place, this.page, {
			older: () => this.older(),
			latest: () => this.inbox.go(this.inbox.tab, this.thread),
		});
		box.tabIndex = 0;
		box.scrollTop = this.is_at_end ? box.scrollHeight : above;
		box.addEventListener("scroll", () => (this.is_at_end = box.scrollHeight - box.clientHeight - box.scrollTop < 40));
	}

	async older() {
		const { thread } = this;
		const args = { thread, limit: PAGE_LENGTH, before: this.page.before };
		const before = await customer_thread.ask("thread", args, "GET");
		if (thread !== this.thread) return;
		const box = this.place.firstElementChild;
		const below = box.scrollHeight - box.scrollTop;
		this.page = customer_thread.with_earlier(before, this.page);
		this.is_at_end = false;
		this.draw(false);
		const drawn = this.place.firstElementChild;
		drawn.scrollTop = drawn.scrollHeight - below;
	}

	draw_head() {
		// somebody is choosing
		if (this.snooze && document.activeElement === this.snooze && this.snooze.value) return;
		const { thread } = this.page;
		const back = button("btn btn-default btn-sm ct-inbox-back", __("Back"), () => this.inbox.go(this.inbox.tab, ""));
		const names = customer_thread.made("div", "ct-inbox-who");
		const title = customer_thread.made("h3", "", names);
		title.append(link_to(thread));
		const tools = customer_thread.made("div", "ct-inbox-tools");
		const assign = button("btn btn-default btn-sm", thread.assigned_to ? frappe.user.full_name(thread.assigned_to) : __("Assign"), () => this.assign(), "A");
		const form = customer_thread.made_text("a", "btn btn-default btn-sm", __("More…"));
		form.href = frappe.utils.get_form_link("Customer Thread", thread.thread);
		tools.append(form, assign, this.snooze_menu(thread), button("btn btn-default btn-sm", __("Done"), () => this.inbox.done(), "E"));
		this.head.replaceChildren(back, names, tools);
	}

	async assign() {
		const { ask_turn } = await customer_thread.part("turn");
		return ask_turn(this.page.thread, () => Promise.all([this.refresh(), this.inbox.refresh()]));
	}

	snooze_menu({ snoozed_until }) {
		const menu = customer_thread.made("select", "form-control input-sm");
		menu.setAttribute("aria-label", __("Snooze"));
		menu.append(new Option(snoozed_until ? __("Snoozed until {0}", [customer_thread.at(snoozed_until)]) : __("Snooze…"), ""));
		for (const [words, until] of snooze_times()) menu.append(new Option(words, until));
		if (snoozed_until) menu.append(new Option(__("Back again now"), "now"));
		// arrows go past what is not meant: by keys Enter chooses
		let is_keyed = false;
		const choose = () => menu.value && this.inbox.snooze(menu.value === "now" ? "" : menu.value);
		menu.addEventListener("keydown", ({ key }) => (key === "Enter" ? choose() : (is_keyed = true)));
		menu.addEventListener("pointerdown", () => (is_keyed = false));
		menu.addEventListener("change", () => is_keyed || choose());
		this.snooze = menu;
		return menu;
	}
};

/** Return the offers with their times, ISO 8601 in UTC. */
function snooze_times() {
	const now = customer_thread.here();
	const morning = (days) => now.clone().add(days, "days").hour(8).startOf("hour");
	const monday = morning(((8 - now.day()) % 7) || 7);
	return [
		[__("For three hours"), now.clone().add(3, "hours")],
		[__("Until tomorrow, 8:00am"), morning(1)],
		[__("Until Monday, 8:00am"), monday],
		[__("For a week"), morning(7)],
	].map(([words, at]) => [words, at.toISOString()]);
}

function link_to({ customer, party_type, title, thread }) {
	const found = customer_thread.made_text("a", "", title);
	found.href = customer ? frappe.utils.get_form_link(party_type, customer) : frappe.utils.get_form_link("Customer Thread", thread);
	return found;
}

function button(classes, words, press, key = "") {
	return Object.assign(customer_thread.made_button(classes, words, press), { title: key });
}
