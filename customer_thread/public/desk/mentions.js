// In a note an @ opens a list of those of the team who may see the thread; arrows and Enter put a name in.
const { SavedReplies } = await customer_thread.part("saved_replies");
const ASKED_FOR = /(?:^|\s)@([^\s@][^\n@]{0,40}|)$/;

/** Offer names in a reply box's notes, from now on. */
export function watch_mentions(box) {
	const mentions = new Mentions(box);
	mentions.look();
	return mentions;
}

class Mentions extends SavedReplies {
	constructor(box) {
		super(box);
		this.note = box.note;
		this.list.setAttribute("aria-label", __("Your team"));
	}

	get asked() {
		const { selectionStart, selectionEnd, value } = this.text;
		if (!this.note?.checked || selectionStart !== selectionEnd) return null;
		const found = ASKED_FOR.exec(value.slice(0, selectionStart));
		return found ? found[1].toLowerCase() : null;
	}

	async look() {
		const { asked } = this;
		if (asked === null) this.left = null;
		if (asked === null || (this.left !== null && asked.startsWith(this.left))) return this.close();
		if (!this.team) {
			this.team = customer_thread.ask("team", { thread: this.thread }, "GET").catch(() => []);
			const people = await this.team;
			this.replies = people.map(({ user, name }) => ({ shortcut: user.toLowerCase(), title: name, text: user }));
		}
		await this.team;
		return this.show();
	}

	line({ title, text }, at) {
		const line = customer_thread.made("div", "ct-saved-line");
		line.id = `${this.list.id}-${at}`;
		line.setAttribute("role", "option");
		line.append(customer_thread.made_text("div", "ct-saved-head", title));
		if (text !== title) line.append(customer_thread.made_text("div", "small ct-saved-text", text));
		return line;
	}

	put({ title }) {
		const to = this.text.selectionStart;
		this.text.setRangeText(`@${title} `, to - this.asked.length - 1, to, "end");
		this.close();
		this.text.dispatchEvent(new Event("input"));
	}
}
