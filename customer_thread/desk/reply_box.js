// The reply box below a thread. A note looks different from what the customer reads: yellow, from edge to edge.
frappe.provide("customer_thread");

/** Characters that a message may grow by before it is asked again which way it goes. */
const STEP = 100;
/** Milliseconds after which it is asked again anyway: quiet hours begin by themselves. */
const STALE = 60000;

customer_thread.ReplyBox = class {
	/** `on_stored` is called once the server has what was written. */
	constructor(thread, on_stored) {
		this.thread = thread;
		this.on_stored = on_stored;
		this.draft = new customer_thread.Draft(thread);
		this.way = null;
		this.is_busy = false;
		this.last = 0;
		this.build();
		this.colleagues = new customer_thread.Colleagues(this, () => this.show_colleagues());
		this.recall();
		// pictures and files, a moment later
		customer_thread.part("shelf").then(({ Shelf }) => (this.files = new Shelf(this)), () => null);
		customer_thread.part("saved_replies").then(({ SavedReplies }) => new SavedReplies(this).look(), () => null);
		this.show();
		this.ask_way();
	}

	build() {
		this.element = customer_thread.made("div", "ct-reply");
		const head = customer_thread.made("div", "ct-reply-head small", this.element);
		this.line = customer_thread.made("div", "ct-reply-way", head);
		this.line.setAttribute("aria-live", "polite");
		this.channel = customer_thread.made("select", "form-control input-xs ct-reply-channel", head);
		this.channel.setAttribute("aria-label", __("How it is sent"));
		const label = customer_thread.made("label", "ct-reply-switch", head);
		this.note = customer_thread.made("input", "", label);
		this.note.type = "checkbox";
		label.append(__("Note"));
		this.quiet = customer_thread.made("div", "ct-reply-quiet small", this.element);
		this.quiet_text = customer_thread.made("span", "", this.quiet);
		this.when = customer_thread.made("select", "form-control input-xs", this.quiet);
		this.when.setAttribute("aria-label", __("When it is sent"));
		this.when.append(new Option(__("Send it then"), "quiet"), new Option(__("Send it now"), "now"));
		this.others = customer_thread.made("div", "ct-reply-others small", this.element);
		this.others.setAttribute("aria-live", "polite");
		this.taps = customer_thread.made("div", "ct-reply-taps", this.element);
		this.taps.hidden = true;
		this.text = customer_thread.made("textarea", "form-control", this.element);
		this.text.rows = 2;
		this.count = customer_thread.made("div", "ct-reply-count small", this.element);
		this.notice = customer_thread.made("div", "ct-reply-notice small", this.element);
		this.notice.setAttribute("role", "alert");
		const foot = customer_thread.made("div", "ct-reply-foot", this.element);
		this.problem = customer_thread.made("div", "ct-reply-problem small text-danger", foot);
		this.problem.setAttribute("role", "alert");
		this.button = customer_thread.made("button", "btn btn-sm", foot);
		this.button.type = "button";
		this.listen();
	}

	listen() {
		const ask_way = frappe.utils.debounce(() => this.ask_way(), 400);
		this.text.addEventListener("input", () => {
			this.draft.set({ text: this.text.value });
			this.note_upto();
			this.colleagues.typed();
			if (this.note.checked && !this.mentions && this.text.value.includes("@")) this.mentions = this.offer_names();
			this.show();
			if (Math.abs(this.text.value.length - this.asked) >= STEP) ask_way();
			this.keep_fresh();
		});
		this.text.addEventListener("keydown", (event) => {
			if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
			event.preventDefault();
			event.stopPropagation();
			if (event.shiftKey && !this.quiet.hidden) this.when.value = "now";
			this.send();
		});
		this.channel.addEventListener("change", () => this.send_by(this.channel.value));
		this.when.addEventListener("change", () => this.show());
		this.note.addEventListener("change", () => {
			this.draft.set({ is_note: this.note.checked });
			this.show();
			this.text.focus();
		});
		this.button.addEventListener("click", () => this.send());
	}

	/** Show the words that are kept: they may have been begun in a thread that was nobody's until now. */
	recall() {
		this.draft.recall();
		this.text.value = this.draft.text;
		this.note.checked = this.draft.is_note;
		if (this.files) this.files.show();
	}

	/** Offer what can be sent to this customer with one tap. */
	async offer_taps(customer) {
		const { show_one_taps } = await customer_thread.part("one_taps");
		await show_one_taps(this.taps, { thread: this.thread, customer, put: (text) => this.put(text), on_sent: this.on_stored });
	}

	/** Put words below those that are there. */
	put(text) {
		this.text.value = [this.text.value.trimEnd(), text].filter(Boolean).join("\n");
		this.text.dispatchEvent(new Event("input"));
		this.text.focus();
	}

	async offer_names() {
		const { watch_mentions } = await customer_thread.part("mentions");
		return watch_mentions(this);
	}

	/** Say which files go with the message. */
	get uploads() {
		const ids = this.draft.files.map(({ id }) => id);
		return ids.length ? { uploads: JSON.stringify(ids) } : {};
	}

	/** Say which way it will go: the server decides, and decides anew when it is sent. */
	async ask_way() {
		this.colleagues.begin();
		Object.assign(this, { asked: this.text.value.length, asked_at: Date.now() });
		const { channel } = this.draft;
		const args = { thread: this.thread, length: Math.min(this.asked || 1, 20000), channel, ...this.uploads };
		let way;
		try {
			way = await customer_thread.ask("way", args, "GET");
		} catch (error) {
			way = { channel: "portal", text: error.message };
		}
		// meanwhile another was taken
		if (channel !== this.draft.channel) return;
		this.way = way;
		if (channel === "auto") this.chosen = way.channel;
		// what was asked for cannot be had any more
		else if (way.channels && !way.channels.includes(channel)) this.send_by("auto");
		this.show();
	}

	/** Ask which way it goes once a minute, as long as the box is before somebody's eyes. */
	keep_fresh() {
		if (Date.now() - this.asked_at >= STALE) this.ask_way();
	}

	/** The conversation above the box was shown up to this entry. */
	read_upto(last) {
		this.last = Math.max(this.last, last || 0);
		this.note_upto();
		if (this.draft.text) this.colleagues.say();
	}

	note_upto() {
		if (this.draft.is_begun && !this.draft.upto) this.draft.set({ upto: this.last });
		if (!this.draft.is_begun) this.colleagues.answered = null;
	}

	show_colleagues() {
		this.others.textContent = this.colleagues.words;
		const notice = this.note.checked ? "" : this.colleagues.notice;
		// said once and not with each look
		if (this.notice.textContent !== notice) this.notice.textContent = notice;
	}

	/** Send it this way, whatever would be chosen; what would be chosen anyway is left to the server. */
	send_by(channel) {
		this.draft.set({ channel: channel === this.chosen ? "auto" : channel });
		this.ask_way();
	}

	show_channels(is_note) {
		const channels = (this.way && this.way.channels) || [];
		this.channel.hidden = is_note || channels.length < 2;
		if (this.channel.hidden) return;
		const names = { sms: __("Text"), email: __("E-mail"), portal: __("Portal") };
		if ([...this.channel.options].map(({ value }) => value).join() !== channels.join()) {
			this.channel.replaceChildren(...channels.map((name) => new Option(names[name] || name, name)));
		}
		this.channel.value = this.way.channel;
		this.channel.disabled = this.is_busy;
	}

	show() {
		const is_note = this.note.checked;
		const is_closed = !is_note && this.way && !this.way.channel;
		this.element.classList.toggle("is-note", is_note);
		const way = this.way ? [this.way.text, this.way.reason, this.way.files].filter(Boolean).join(" · ") : "";
		this.line.textContent = is_note ? __("Note: only your team sees this") : way;
		const is_quiet = !is_note && Boolean(this.way && this.way.quiet_text);
		// what is asked anew is not answered yet
		if (is_quiet && this.quiet.hidden) this.when.value = "quiet";
		this.quiet.hidden = !is_quiet;
		this.quiet_text.textContent = is_quiet ? `${this.way.quiet_text} ` : "";
		this.when.disabled = this.is_busy;
		const is_later = is_quiet && this.when.value === "quiet";
		this.show_channels(is_note);
		const said = this.text.value.trim();
		const { added = "", is_picture_message, channel } = this.way || {};
		this.count.hidden = is_note || !(said || added) || is_picture_message || channel !== "sms";
		this.count.textContent = this.count.hidden ? "" : customer_thread.segment_words(said + added);
		if (this.files) this.files.fit(is_note);
		const is_empty = !said && (is_note || !this.draft.files.length);
		this.text.placeholder = is_note ? __("Write a note") : __("Write to the customer");
		this.text.setAttribute("aria-label", this.text.placeholder);
		this.text.readOnly = this.is_busy;
		this.button.textContent = this.is_busy ? __("Sending…") : is_note ? __("Add note") : is_later ? __("Send later") : __("Send");
		const key = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
		this.button.title = is_later ? __("{0} + Enter; now: {0} + Shift + Enter", [key]) : `${key} + Enter`;
		this.button.className = `btn btn-sm ${is_note ? "btn-default" : "btn-primary"}`;
		this.button.disabled = this.is_busy || is_closed || is_empty || (!is_note && Boolean(this.files && this.files.is_busy));
		this.note.disabled = this.is_busy;
		this.show_colleagues();
	}

	async send() {
		if (this.button.disabled) return;
		const { is_note, id, tried, channel } = this.draft;
		const text = this.text.value.trim();
		this.draft.set({ tried: tried || text });
		this.problem.textContent = "";
		this.busy(true);
		try {
			const args = { thread: this.thread, text, client_id: id };
			if (!is_note && this.draft.upto) args.upto = this.draft.upto;
			if (!is_note) Object.assign(args, this.uploads);
			if (!is_note && channel !== "auto") args.channel = channel;
			if (!is_note) Object.assign(args, this.asked_when());
			const stored = await customer_thread.ask(is_note ? "note" : "send", args);
			this.settle(text, tried, stored);
			this.on_stored();
		} catch (error) {
			// what was refused was not stored: the next try may say something else
			if (error.is_refusal && !tried) this.draft.set({ tried: "" });
			const is_late = !is_note && error.status === 409;
			const is_answered = is_late && (await this.colleagues.say());
			// it may be night by now
			if (is_late) await this.ask_way();
			// the next press means it
			if (is_answered) this.draft.set({ upto: this.colleagues.answered.entry });
			if (is_answered) this.on_stored();
			else this.problem.textContent = error.message;
		}
		this.busy(false);
		if (this.element.isConnected) this.text.focus({ preventScroll: true });
	}

	/** Say what was shown: no quiet hours, else what was chosen. What stays in the portal pings by its notice alone: that one is urgent then. */
	asked_when() {
		if (this.quiet.hidden) return { when: "day" };
		const when = this.when.value;
		return when === "now" && this.way.channel === "portal" ? { when, urgent: 1 } : { when };
	}

	/** Let go of the words, unless an earlier try with other words has arrived after all. */
	settle(text, tried, stored) {
		// a note that was kept before is answered with nothing
		const found = stored ? (stored.entry || stored).text : tried;
		const is_earlier = tried && tried !== text && found === tried;
		if (is_earlier) {
			this.draft.set({ id: "", tried: "" });
			this.draft.set({ text: this.text.value });
			this.problem.textContent = __("What you wrote first had arrived already. This was not sent yet.");
			return;
		}
		this.text.value = "";
		this.last = Math.max(this.last, (stored && stored.entry && stored.entry.id) || 0);
		this.colleagues.answered = null;
		// a note takes none along: they wait for the message
		const files = this.draft.is_note ? this.draft.files : [];
		this.draft.set({ text: "", is_note: false, channel: "auto", files });
		if (this.files) this.files.show();
		this.note.checked = false;
		this.when.value = "quiet";
		this.asked = 0;
		this.ask_way();
	}

	/** Go on writing, a note or a message. */
	write(is_note) {
		if (!this.is_busy && this.note.checked !== is_note) {
			this.note.checked = is_note;
			this.draft.set({ is_note });
			this.show();
		}
		this.text.focus();
	}

	busy(is_busy) {
		this.is_busy = is_busy;
		this.show();
	}
};
