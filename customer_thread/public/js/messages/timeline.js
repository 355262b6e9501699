/** The rows on the screen: a window of at most MAX_ITEMS list items that moves over the conversation. */

const MAX_ITEMS = 360;
const NEAR = 800;
const END_SLACK = 24;
const PAUSE = 4000;
const GROUP_WITHIN = 5 * 60 * 1000;
/** The classes that depend on the rows around a row. */
const PLACE = ["continues", "continued", "same-channel"];

/** Each row as the server rendered it: what the reader unfolded or found in it does not count as a change. */
const sources = new WeakMap();

/** Turn entries of the server into list items. */
export function parse(entries) {
	const template = document.createElement("template");
	template.innerHTML = entries.map((entry) => entry.html).join("");
	return remember([...template.content.querySelectorAll(".row")]);
}

/** Note the rows' markup and return them. */
function remember(rows) {
	for (const row of rows) {
		const bare = row.cloneNode(true);
		bare.classList.remove(...PLACE);
		sources.set(row, bare.outerHTML);
	}
	return rows;
}

/** Whether row `a` stands before row `b`: by when it happened, then by id. */
function isBefore(a, b) {
	if (a.dataset.at !== b.dataset.at) return a.dataset.at < b.dataset.at;
	return Number(a.dataset.id) < Number(b.dataset.id);
}

/** Whether row `b` goes on with the group of row `a`, right before it: the rule of domain/thread/groups.py. */
function isGroup(a, b) {
	const isSame = ["author", "channel", "day"].every((name) => a.dataset[name] === b.dataset[name]);
	return isSame && isMessage(a) && isMessage(b) && Date.parse(b.dataset.at) - Date.parse(a.dataset.at) < GROUP_WITHIN;
}

/** Whether message `b` came by the channel of `a`, the message before it, on the same day. */
function isSameChannel(a, b) {
	return Boolean(a) && isMessage(b) && a.dataset.day === b.dataset.day && a.dataset.channel === b.dataset.channel;
}

/** Whether a row is neither a card nor a call. */
function isMessage(row) {
	return row.classList.contains("message");
}

/** The scrolling conversation. It keeps the reader's place whatever is put in or taken out. */
export class Timeline {
	/**
	 * Take over the rows the server rendered; `onMoved` hears when the reader scrolls, `onRows` what rows of the server
	 * are about to be put in, `onLoaded` how many came.
	 */
	constructor(root, host, { onMoved, onRows, onLoaded, onError }) {
		this.host = host;
		this.onMoved = onMoved;
		this.onRows = onRows;
		this.onLoaded = onLoaded;
		this.onError = onError;
		this.scroller = document.getElementById("timeline");
		this.list = document.getElementById("entries");
		this.earlier = document.getElementById("earlier");
		this.later = document.getElementById("later");
		this.start = document.getElementById("start");
		this.welcome = document.getElementById("welcome");
		this.before = root.dataset.before;
		this.newer = root.dataset.newer;
		this.isFollowing = false;
		this.busyUntil = 0;
		this.scroller.classList.add("live");
		this.scroller.hidden = false;
		remember(this.rows);
		this.listen();
	}

	/** Hear scrolling, resizing and the two buttons. */
	listen() {
		this.scroller.addEventListener("scroll", () => this.moved(), { passive: true });
		for (const [form, load] of [[this.earlier, "loadOlder"], [this.later, "loadNewer"]]) {
			form.addEventListener("submit", (event) => {
				event.preventDefault();
				this.busyUntil = 0;
				this[load]();
			});
		}
		this.edge = this.top;
		const resize = new ResizeObserver(() => this.resized());
		resize.observe(this.scroller);
		resize.observe(this.scroller.firstElementChild);
	}

	/** Where its upper edge is on the page, in pixels. */
	get top() {
		return this.scroller.getBoundingClientRect().top + window.scrollY;
	}

	/** Let what is read stay where it is when a line comes or goes over it, or the end in view. */
	resized() {
		const moved = this.top - this.edge;
		this.edge += moved;
		if (this.isFollowing) this.toEnd();
		else this.scroller.scrollTop += moved;
	}

	get rows() {
		return [...this.list.querySelectorAll(".row")];
	}

	get isAtEnd() {
		return !this.newer && !this.isCovered && this.toGo() < END_SLACK;
	}

	get isCovered() {
		return this.scroller.inert;
	}

	/** Take the timeline out of reach while something else lies over it; it keeps its place. */
	cover(isCovered) {
		this.scroller.inert = isCovered;
	}

	/** Return how many pixels are below the visible part. */
	toGo() {
		const { scrollHeight, scrollTop, clientHeight } = this.scroller;
		return scrollHeight - scrollTop - clientHeight;
	}

	/** Note where the reader is, and load what comes next in that direction. */
	moved() {
		if (this.isCovered) return;
		this.isFollowing = this.isAtEnd;
		this.onMoved();
		if (this.scroller.scrollTop < NEAR) this.loadOlder();
		else if (this.toGo() < NEAR) this.loadNewer();
	}

	/** Scroll to the end and stay there as rows come in. */
	toEnd() {
		if (!this.isFollowing) this.hideHeader();
		this.scroller.scrollTop = this.scroller.scrollHeight;
		this.isFollowing = this.isAtEnd;
	}

	/** Scroll the headers away where text is so large that the page itself scrolls. */
	hideHeader() {
		document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
	}

	/** Scroll an element to the middle or the start of the visible part. */
	toElement(element, block = "center") {
		this.isFollowing = false;
		this.hideHeader();
		element.scrollIntoView({ block });
		this.moved();
	}

	/** Whether an element is on the screen or above it. */
	hasReached(element) {
		return Boolean(element) && element.getBoundingClientRect().top < this.scroller.getBoundingClientRect().bottom;
	}

	/** Return the element of an entry if it is in the window. */
	find(id) {
		const row = id && document.getElementById(id);
		return row && this.list.contains(row) ? row : null;
	}

	/** Return the first row that is on the screen. */
	firstVisible() {
		const top = this.scroller.getBoundingClientRect().top;
		return this.rows.find((row) => row.getBoundingClientRect().bottom > top) ?? null;
	}

	/** Return where the reader is: the first row on the screen, and how many pixels below the upper edge. */
	where() {
		const row = this.firstVisible();
		return row && { id: row.id, below: Math.round(topOf(row) - this.scroller.getBoundingClientRect().top) };
	}

	/** Put the reader back to where they were, if that row is in the window; return whether it is. */
	putBack({ id, below }) {
		const row = this.find(id);
		if (!row) return false;
		this.isFollowing = false;
		this.hideHeader();
		this.scroller.scrollTop += topOf(row) - this.scroller.getBoundingClientRect().top - below;
		this.moved();
		return true;
	}

	/** Replace the whole window by a page of the server. */
	open(answer) {
		this.isFollowing = false;
		const rows = parse(answer.entries);
		this.onRows(rows);
		this.list.replaceChildren(...rows);
		this.before = answer.before ?? "";
		this.newer = answer.newer ?? "";
		this.tidy();
	}

	/** Load what is before the window, without moving what is read. */
	loadOlder() {
		return this.load("before", (rows, answer) => {
			this.list.prepend(...rows);
			this.before = answer.before ?? "";
			this.drop(() => this.list.lastElementChild, "newer", () => this.rows.at(-1));
			this.onLoaded(rows.length);
		});
	}

	/** Load what is after the window, without moving what is read. */
	loadNewer() {
		return this.load("newer", (rows, answer) => {
			this.list.append(...rows);
			this.newer = answer.newer ?? "";
			this.drop(() => this.list.firstElementChild, "before", () => this.rows[0]);
		});
	}

	/** Fetch the page at one end and put it in; one at a time, and with a pause after a failure. */
	async load(end, insert) {
		const cursor = this[end];
		if (!cursor || Date.now() < this.busyUntil) return;
		this.busyUntil = Infinity;
		this.scroller.setAttribute("aria-busy", "true");
		try {
			const answer = await this.host.timeline({ [end]: cursor });
			const rows = parse(answer.entries);
			this.onRows(rows);
			if (cursor === this[end]) this.keep(() => insert(rows.filter((row) => !this.find(row.id)), answer));
			this.busyUntil = 0;
		} catch (error) {
			this.busyUntil = Date.now() + PAUSE;
			this.onError(error);
		} finally {
			this.scroller.removeAttribute("aria-busy");
		}
		if (!this.busyUntil) requestAnimationFrame(() => this.moved());
	}

	/** Take items off one end while there are too many, and remember where to go on from. */
	drop(outermost, end, remaining) {
		if (this.list.children.length <= MAX_ITEMS) return;
		while (this.list.children.length > MAX_ITEMS) outermost().remove();
		this[end] = remaining().dataset.cursor;
	}

	/** Put rows in their true places or in the place of their older selves; return those that are in the window. */
	merge(rows) {
		const placed = [];
		this.onRows(rows);
		this.keep(() => {
			for (const row of rows) if (this.place(row)) placed.push(row);
			if (this.isFollowing) this.drop(() => this.list.firstElementChild, "before", () => this.rows[0]);
		});
		return placed;
	}

	/** Put one row in; return whether the window reaches there. */
	place(row) {
		const old = this.find(row.id);
		if (old) {
			if (sources.get(old) !== sources.get(row)) old.replaceWith(row);
			return true;
		}
		const all = this.rows;
		if (this.before && all.length && isBefore(row, all[0])) return false;
		const next = all.findLast((other) => isBefore(other, row));
		if (this.newer && next === all.at(-1)) return false;
		if (next) next.after(row);
		else this.list.prepend(row);
		return true;
	}

	/** Change the list while what is read stays where it is on the screen, or the end stays in view. */
	keep(change) {
		const anchor = this.isFollowing ? null : this.firstVisible();
		const top = anchor && topOf(anchor);
		change();
		this.tidy();
		const same = anchor && this.find(anchor.id);
		if (same) this.scroller.scrollTop += topOf(same) - top;
		else if (this.isFollowing) this.toEnd();
	}

	/** Bring day headings, buttons and the start line in agreement with the rows. */
	tidy() {
		this.setDays();
		this.setGroups();
		const line = this.list.querySelector(".new-line");
		if (line && !line.nextElementSibling) line.remove();
		if (!this.before && this.earlier.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
		for (const [form, cursor] of [[this.earlier, this.before], [this.later, this.newer]]) {
			form.hidden = !cursor;
			form.querySelector("button").value = cursor;
		}
		this.start.hidden = Boolean(this.before);
		this.welcome.hidden = Boolean(this.before) || this.rows.length > 0;
	}

	/** Leave exactly one heading before the first row of each day. */
	setDays() {
		let day = "";
		let headings = [];
		for (const item of [...this.list.children]) {
			if (item.matches(".day")) headings.push(item);
			if (!item.matches(".row")) continue;
			const wanted = item.dataset.day === day ? null : (headings.find(({ dataset }) => dataset.day === item.dataset.day) ?? clone("day-template"));
			for (const heading of headings) if (heading !== wanted) heading.remove();
			if (wanted) setDay(wanted, item);
			headings = [];
			day = item.dataset.day;
		}
		for (const heading of headings) heading.remove();
	}

	/** Tell each row whether it goes on with a group, and whether that came by the channel of the message before. */
	setGroups() {
		let before = null;
		let spoken = null;
		for (const item of this.list.children) {
			const isRow = item.matches(".row");
			const continues = isRow && Boolean(before) && isGroup(before, item);
			before?.classList.toggle("continued", continues);
			// the line under a group's last says its channel, if that is another than before its first
			const isSame = continues ? before.classList.contains("same-channel") : isRow && isSameChannel(spoken, item);
			before = isRow ? item : null;
			if (!isRow) continue;
			item.classList.toggle("continues", continues);
			item.classList.toggle("same-channel", isSame);
			if (isMessage(item) && item.querySelector(".channel")) spoken = item;
		}
		before?.classList.remove("continued");
	}

	/** Draw the "New" line before a row, in place of the one there was. */
	markNew(row) {
		this.keep(() => {
			this.list.querySelector(".new-line")?.remove();
			row.before(clone("new-template"));
		});
	}

	get newLine() {
		return this.list.querySelector(".new-line");
	}

	/** Lead the eye to one row, and the keyboard too if the reader asked for it. */
	point(row, isAsked) {
		this.list.querySelector(".found")?.classList.remove("found");
		// drawn without it once, so that one that is found again is tinted again
		row.getBoundingClientRect();
		row.classList.add("found");
		if (isAsked) {
			row.tabIndex = -1;
			row.focus({ preventScroll: true });
		}
		this.toElement(row);
	}
}

/** Return where the words of a row are on the screen: the name over them comes and goes with the row before. */
function topOf(row) {
	return (row.querySelector(".bubble, .chip, .call-entry") ?? row).getBoundingClientRect().top;
}

/** Return a copy of a template's element. */
function clone(id) {
	return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** Fill a day heading from a row and put it before that row, or before the "New" line there. */
function setDay(heading, row) {
	const { day, dayLabel } = row.dataset;
	const time = heading.querySelector("time");
	heading.dataset.day = day;
	if (time.dateTime !== day) time.dateTime = day;
	if (time.textContent !== dayLabel) time.textContent = dayLabel;
	const line = row.previousElementSibling?.matches(".new-line") ? row.previousElementSibling : row;
	if (line.previousElementSibling !== heading) line.before(heading);
}
