// The left side of the inbox: tabs with counts, the search, and a line a thread. Words from outside are text nodes.
frappe.provide("customer_thread");

customer_thread.INBOX_TABS = {
	waiting: () => __("Waiting for us"),
	unread: () => __("Unread"),
	all: () => __("All"),
	unmatched: () => __("Unmatched"),
	failed: () => __("Failed"),
	snoozed: () => __("Snoozed"),
	blocked: () => __("Blocked"),
};

customer_thread.InboxList = class {
	constructor(inbox) {
		this.inbox = inbox;
		this.element = customer_thread.made("section", "ct-inbox-side");
		this.element.setAttribute("aria-label", __("Threads"));
		this.tabs = customer_thread.made("nav", "ct-inbox-tabs", this.element);
		this.tabs.setAttribute("aria-label", __("Which threads"));
		this.search = customer_thread.made("input", "form-control input-sm ct-inbox-search", this.element);
		Object.assign(this.search, { type: "search", placeholder: __("Search names, numbers, words") });
		this.search.setAttribute("aria-label", this.search.placeholder);
		const look = frappe.utils.debounce(() => inbox.search(this.search.value.trim()), 300);
		this.search.addEventListener("input", look);
		this.whose = customer_thread.made("select", "form-control input-sm ct-inbox-whose", this.element);
		this.whose.setAttribute("aria-label", __("Whose turn"));
		this.whose.append(new Option(__("Everybody's"), ""), new Option(__("Mine"), "me"), new Option(__("Nobody's"), "nobody"));
		customer_thread.part("turn").then(({ offer_team }) => offer_team(this.whose), () => null);
		this.whose.addEventListener("change", () => inbox.filter(this.whose.value));
		this.problem = customer_thread.made("p", "ct-inbox-problem small text-danger", this.element);
		this.problem.setAttribute("role", "alert");
		this.failures = customer_thread.made("div", "ct-inbox-failures", this.element);
		this.lines = customer_thread.made("ul", "ct-inbox-lines", this.element);
		this.more = customer_thread.made("button", "btn btn-default btn-sm ct-inbox-more", this.element);
		this.more.textContent = __("More");
		this.more.addEventListener("click", () => inbox.more());
		this.draw();
	}

	busy(is_busy) {
		this.lines.setAttribute("aria-busy", String(is_busy));
	}

	fail(words) {
		this.problem.textContent = words;
	}

	draw() {
		const { inbox } = this;
		this.problem.textContent = "";
		this.tabs.replaceChildren(...this.shown_tabs().map((tab) => this.tab(tab)));
		const lines = inbox.lines.map((line) => this.line(line));
		if (!lines.length) lines.push(this.nothing());
		const had_focus = this.lines.contains(document.activeElement) && document.activeElement.dataset.thread;
		this.lines.replaceChildren(...lines);
		this.more.hidden = !inbox.before;
		this.draw_failures();
		this.mark();
		if (had_focus) this.lines.querySelector(`[data-thread="${CSS.escape(had_focus)}"]`)?.focus({ preventScroll: true });
	}

	/** Who blocks nobody has no use for that tab. */
	shown_tabs() {
		const { counts, tab } = this.inbox;
		return Object.keys(customer_thread.INBOX_TABS).filter((name) => name !== "blocked" || counts.blocked || tab === name);
	}

	tab(name) {
		const { inbox } = this;
		const tab = customer_thread.made("a", "ct-inbox-tab");
		tab.href = `/app/thread-inbox/${name}`;
		tab.append(customer_thread.made_text("span", "", customer_thread.INBOX_TABS[name]()));
		const count = inbox.counts[name];
		if (count && name !== "all") tab.append(" ", customer_thread.made_text("span", "ct-inbox-count", count > 999 ? "999+" : String(count)));
		if (name === inbox.tab) tab.setAttribute("aria-current", "page");
		tab.addEventListener("click", (event) => {
			if (event.metaKey || event.ctrlKey) return;
			event.preventDefault();
			inbox.lines = [];
			inbox.go(name, "");
		});
		return tab;
	}

	line(line) {
		const { inbox } = this;
		const item = customer_thread.made("li", "");
		const row = customer_thread.made("a", "ct-inbox-line", item);
		row.href = ["/app/thread-inbox", inbox.tab, line.thread, line.found?.entry].filter(Boolean).join("/");
		row.dataset.thread = line.thread;
		const head = customer_thread.made("span", "ct-inbox-head", row);
		head.append(customer_thread.made_text("span", "ct-inbox-name", line.title));
		head.append(customer_thread.made_text("time", "ct-inbox-time", customer_thread.briefly(Date.parse(line.last_at) * 1000)));
		const below = customer_thread.made("span", "ct-inbox-below", row);
		const words = customer_thread.made("span", "ct-inbox-words", below);
		words.append(...(line.found ? found_words(line.found) : [preview(line)]));
		if (line.unread) {
			row.classList.add("is-unread");
			below.append(customer_thread.made_text("span", "ct-inbox-unread", String(line.unread)));
		}
		const signs = signs_of(line);
		if (signs) row.append(customer_thread.made_text("span", "ct-inbox-signs", signs));
		row.addEventListener("click", (event) => {
			if (event.metaKey || event.ctrlKey) return;
			event.preventDefault();
			inbox.go_to(line);
		});
		return item;
	}

	nothing() {
		const { q, tab } = this.inbox;
		const words = q ? __("Nothing found") : tab === "waiting" ? __("Nobody waits for an answer.") : __("Nothing here");
		return customer_thread.made_text("li", "ct-inbox-nothing text-muted", words);
	}

	/** Show what failed by its cause above the threads in which it did; it asks by itself what has changed. */
	async draw_failures() {
		const { inbox } = this;
		const is_shown = () => inbox.tab === "failed";
		if (is_shown()) {
			const { show_failures } = await customer_thread.part("failures");
			if (is_shown()) this.look_at_failures ||= show_failures(this.failures, (thread) => inbox.go("failed", thread));
		}
		if (is_shown()) return this.look_at_failures(inbox.assigned);
		this.look_at_failures = null;
		this.failures.replaceChildren();
	}

	/** Mark the thread that is open. */
	mark() {
		for (const row of this.lines.querySelectorAll("[data-thread]")) {
			const is_open = row.dataset.thread === this.inbox.thread;
			if (is_open) row.setAttribute("aria-current", "true");
			else row.removeAttribute("aria-current");
			if (is_open) row.scrollIntoView({ block: "nearest" });
		}
	}
};

/** Return who spoke by which way, and the words. */
function preview({ author, kind, channel, last_preview }) {
	if (kind === "event") return last_preview;
	const who = author === "contractor" ? __("You") : author === "automated" ? __("Automated") : "";
	const ways = { sms: __("SMS"), email: __("E-mail"), portal: __("Portal"), phone: __("Phone") };
	const by = [who, ways[channel]].filter(Boolean).join(" · ");
	return by ? `${by}: ${last_preview}` : last_preview;
}

/** Return the words that were searched for, with what is around them. */
function found_words({ note, before, hit, after }) {
	return [note ? `${__("Note")}: ${before}` : before, customer_thread.made_text("mark", "", hit), after];
}

function signs_of({ customer, waiting_since, snoozed_until, blocked_since, assigned_to }) {
	const signs = [];
	if (blocked_since) signs.push(__("Blocked"));
	else if (!customer) signs.push(__("Nobody knows yet whose this is"));
	if (snoozed_until) signs.push(__("Snoozed until {0}", [customer_thread.at(snoozed_until)]));
	else if (waiting_since) signs.push(__("Waiting for {0}", [customer_thread.briefly(Date.parse(waiting_since) * 1000)]));
	if (assigned_to) signs.push(frappe.user.full_name(assigned_to));
	return signs.join(" · ");
}
