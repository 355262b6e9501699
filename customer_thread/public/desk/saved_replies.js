// Saved replies: a / at the beginning of a line opens a list of them; arrows and Enter put one in.
const ASKED_FOR = /(?:^|\n)\/([\w-]*)$/;
const MOST_SHOWN = 8;

export class SavedReplies {
	/** `box` is a reply box whose text area is in its place; the list goes right behind that. */
	constructor({ thread, text }) {
		Object.assign(this, { thread, text, replies: [], shown: [], at: 0, left: null });
		this.list = document.createElement("div");
		this.list.className = "ct-saved";
		this.list.id = `ct-saved-${customer_thread.new_id()}`;
		this.list.setAttribute("role", "listbox");
		this.list.setAttribute("aria-label", __("Saved replies"));
		this.list.hidden = true;
		text.after(this.list);
		text.setAttribute("aria-autocomplete", "list");
		text.setAttribute("aria-controls", this.list.id);
		text.addEventListener("input", () => this.look());
		text.addEventListener("blur", () => this.close());
		text.addEventListener("keydown", (event) => this.press(event));
		// before the text area loses the focus
		this.list.addEventListener("mousedown", (event) => event.preventDefault());
		this.list.addEventListener("click", ({ target }) => {
			const line = target.closest("[role=option]");
			if (line) this.put(this.shown[[...this.list.children].indexOf(line)]);
		});
	}

	/** What is asked for where the caret is, null if nothing is. */
	get asked() {
		const { selectionStart, selectionEnd, value } = this.text;
		const found = selectionStart === selectionEnd && ASKED_FOR.exec(value.slice(0, selectionStart));
		return found ? found[1].toLowerCase() : null;
	}

	async look() {
		const { asked } = this;
		if (asked === null) {
			this.left = null;
			return this.close();
		}
		// closed by Escape, it stays so until the / is gone
		if (this.left !== null && asked.startsWith(this.left)) return;
		if (this.list.hidden && !this.is_asking) {
			this.is_asking = true;
			this.replies = await customer_thread.ask("templates", { thread: this.thread }, "GET").catch(() => this.replies);
			this.is_asking = false;
		}
		this.show();
	}

	show() {
		const { asked } = this;
		if (asked === null || document.activeElement !== this.text) return this.close();
		const rank = ({ shortcut, title }) =>
			shortcut.startsWith(asked) ? 0 : title.toLowerCase().includes(asked) || shortcut.includes(asked) ? 1 : 2;
		const found = this.replies.filter((reply) => rank(reply) < 2).sort((one, other) => rank(one) - rank(other));
		this.shown = found.slice(0, MOST_SHOWN);
		this.list.replaceChildren(...this.shown.map((reply, at) => this.line(reply, at)));
		this.list.hidden = !this.shown.length;
		this.mark(0);
	}

	line({ title, shortcut, text, problem }, at) {
		const line = customer_thread.made("div", "ct-saved-line");
		line.id = `${this.list.id}-${at}`;
		line.setAttribute("role", "option");
		if (problem) line.setAttribute("aria-disabled", "true");
		const head = customer_thread.made("div", "ct-saved-head");
		head.append(customer_thread.made_text("span", "", title), customer_thread.made_text("span", "ct-saved-key", `/${shortcut}`));
		line.append(head, customer_thread.made_text("div", problem ? "small ct-saved-problem" : "small ct-saved-text", problem || text));
		return line;
	}

	mark(at) {
		this.at = at;
		[...this.list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
		const line = this.list.children[at];
		if (!line || this.list.hidden) return this.text.removeAttribute("aria-activedescendant");
		this.text.setAttribute("aria-activedescendant", line.id);
		line.scrollIntoView({ block: "nearest" });
	}

	press(event) {
		if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
		const count = this.shown.length;
		if (event.key === "ArrowDown") this.mark((this.at + 1) % count);
		else if (event.key === "ArrowUp") this.mark((this.at + count - 1) % count);
		else if (event.key === "Enter" || event.key === "Tab") this.put(this.shown[this.at]);
		else if (event.key === "Escape") {
			this.left = this.asked;
			this.close();
		} else return;
		event.preventDefault();
		event.stopPropagation();
	}

	/** Put it where the / was; one with something unknown is never put in. */
	put(reply) {
		if (reply.problem) return;
		const to = this.text.selectionStart;
		this.text.setRangeText(reply.text, to - this.asked.length - 1, to, "end");
		this.close();
		this.text.dispatchEvent(new Event("input"));
	}

	close() {
		this.list.hidden = true;
		this.text.removeAttribute("aria-activedescendant");
	}
}
