/** The reply box and its outbox: words stay on the device until the server has stored them. */

import { Refused, SignedOut } from "./host.js";

const FIRST_WAIT = 4000;
const LONGEST_WAIT = 60000;
const EMOJI = "(?:[\\u{1f000}-\\u{1faff}\\u2600-\\u27bf]\\ufe0f?|[\\u00a9-\\u3299]\\ufe0f)[\\u{1f3fb}-\\u{1f3ff}]?[\\u{e0020}-\\u{e007f}]*";
/** A text of up to three emoji and nothing else, as domain/emoji.py has it. */
const EMOJI_ALONE = new RegExp(`^(?:(?:\\p{RI}{2}|[\\d#*]\\ufe0f?\\u20e3|${EMOJI}(?:\\u200d${EMOJI})*)\\s*){1,3}$`, "u");

/** What is kept on this device, or in this tab, for one customer; without storage, for as long as the page is open. */
class Drawer {
	/** Use the customer's own prefix: two people can share a tablet. `kind` is the window's name of the storage. */
	constructor(key, kind) {
		this.prefix = `customer-thread:${key}:`;
		this.kind = kind;
	}

	/** Keep a value, or forget it if it is empty. */
	set(name, value) {
		try {
			if (value) window[this.kind].setItem(this.prefix + name, value);
			else window[this.kind].removeItem(this.prefix + name);
		} catch {
			return;
		}
	}

	/** Return a kept value or "". */
	get(name) {
		try {
			return window[this.kind].getItem(this.prefix + name) ?? "";
		} catch {
			return "";
		}
	}

	/** Return the names of all that is kept. */
	names() {
		try {
			return Object.keys(window[this.kind]).filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length));
		} catch {
			return [];
		}
	}

	/** Forget everything of this customer. */
	clear() {
		for (const name of this.names()) this.set(name, "");
	}
}

/** The form at the foot of the page. */
export class Composer {
	/** Wire the form; `onStored` gets each entry the server answered with, `onError` what the reader must know. */
	constructor(root, host, { onSend, onStored, onError, announce }) {
		this.words = root.dataset;
		this.host = host;
		this.handlers = { onSend, onStored, onError, announce };
		this.drawer = new Drawer(root.dataset.outbox, "localStorage");
		/** this tab's own: another tab's draft takes nothing away here */
		this.tab = new Drawer(root.dataset.outbox, "sessionStorage");
		this.form = document.getElementById("composer");
		this.text = document.getElementById("text");
		this.list = document.getElementById("pending");
		this.outbox = new Map();
		this.isSending = false;
		this.failures = 0;
		this.resumeAt = 0;
		this.listen();
		this.restore();
	}

	/** Hear typing, sending and signing out. */
	listen() {
		this.form.addEventListener("submit", (event) => {
			event.preventDefault();
			this.send();
		});
		this.text.addEventListener("keydown", (event) => this.key(event));
		this.text.addEventListener("input", () => this.typed());
		document.getElementById("sign-out")?.addEventListener("submit", (event) => {
			if (this.outbox.size && !window.confirm(this.words.textDiscard)) event.preventDefault();
			else for (const drawer of [this.drawer, this.tab]) drawer.clear();
		});
		window.addEventListener("storage", ({ key, newValue }) => {
			// another tab has sent it, or the reader has edited or discarded it there
			const name = key?.startsWith(`${this.drawer.prefix}out:`) && !newValue ? key.slice(this.drawer.prefix.length + 4) : "";
			if (name !== this.inFlight) this.settle(name);
		});
	}

	/** Bring back the draft and what was not stored when the page was last left. */
	restore() {
		this.text.value ||= this.tab.get("draft") || this.drawer.get("draft");
		this.grow();
		const kept = this.drawer.names().filter((name) => name.startsWith("out:")).map((name) => JSON.parse(this.drawer.get(name)));
		// whether an earlier try of these arrived is not known
		for (const item of kept.sort((a, b) => a.at - b.at)) this.add(item, true);
		this.pump();
	}

	/** Send on Enter where there is a keyboard; on a touch screen Enter is a new line. */
	key(event) {
		if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
		const isAsked = event.ctrlKey || event.metaKey;
		if (!isAsked && (event.shiftKey || event.altKey || matchMedia("(pointer: coarse)").matches)) return;
		event.preventDefault();
		this.send();
	}

	/** Keep the draft and fit the box to it. */
	typed() {
		const { value } = this.text;
		const isMine = this.drawer.get("draft") === this.tab.get("draft");
		this.tab.set("draft", value);
		if (value || isMine) this.drawer.set("draft", value);
		this.grow();
	}

	/** Fit the box to its text where CSS cannot. */
	grow() {
		if (CSS.supports("field-sizing", "content")) return;
		this.text.style.height = "auto";
		this.text.style.height = `${this.text.scrollHeight + 2}px`;
	}

	/** Put the words into the outbox, on the screen and on their way. */
	send() {
		const text = this.text.value.trim();
		this.text.focus();
		if (!text) return;
		const item = { client_id: newId(), text, at: Date.now() };
		this.drawer.set(`out:${item.client_id}`, JSON.stringify(item));
		this.text.value = "";
		this.typed();
		this.add(item);
		this.handlers.onSend();
		this.resumeAt = 0;
		this.pump();
	}

	/** Show an item that the server has not stored yet. */
	add(item, mayBeThere = false) {
		const row = document.getElementById("pending-template").content.firstElementChild.cloneNode(true);
		row.dataset.clientId = item.client_id;
		row.querySelector(".text").textContent = item.text;
		row.querySelector(".text").classList.toggle("emoji", EMOJI_ALONE.test(item.text));
		for (const act of ["retry", "edit", "discard"]) row.querySelector(`.${act}`).addEventListener("click", () => this[act](item));
		this.list.append(row);
		this.outbox.set(item.client_id, { ...item, row, isRefused: false, mayBeThere });
		this.show(item.client_id, "sending");
		this.list.hidden = !this.outbox.size;
	}

	/** Say in words how an item stands: sending, waiting for the line, or failed, which needs the reader. */
	show(clientId, state, reason = "", isOurs = false) {
		const { row } = this.outbox.get(clientId);
		row.dataset.state = state;
		row.querySelector(".state").textContent = { sending: this.words.textSending, waiting: this.words.textWaiting, failed: this.words.textFailed }[state];
		row.querySelector(".retry").hidden = state === "sending";
		for (const act of [".edit", ".discard"]) row.querySelector(act).hidden = !isOurs;
		row.querySelector(".reason").textContent = reason;
		row.querySelector(".reason").hidden = !reason;
	}

	/** Try one item again because the reader asked for it. */
	retry({ client_id }) {
		this.outbox.get(client_id).isRefused = false;
		this.show(client_id, "sending");
		this.resumeAt = 0;
		document.getElementById("timeline").focus({ preventScroll: true });
		this.pump();
	}

	/** Put the words of a refused item back into the box, before what is there. */
	edit({ client_id, text }) {
		if (!this.outbox.has(client_id)) return;
		this.text.value = [text, this.text.value].filter(Boolean).join("\n\n");
		this.typed();
		this.settle(client_id);
		this.text.focus();
	}

	/** Throw a refused item away. */
	discard({ client_id }) {
		if (!window.confirm(this.words.textThrowAway)) return;
		this.settle(client_id);
		document.getElementById("timeline").focus({ preventScroll: true });
	}

	/** Go on with the outbox, unless it failed a moment ago; at once if the server was gone and `isBack`. */
	resume(isBack) {
		if (isBack || Date.now() >= this.resumeAt) this.pump();
	}

	/** Send what waits, in order, one at a time. */
	async pump() {
		if (this.isSending) return;
		this.isSending = true;
		for (let item = this.next(); item; item = this.next()) {
			this.inFlight = item.client_id;
			if (!item.mayBeThere) this.show(item.client_id, "sending");
			try {
				const entry = await this.host.reply(item);
				this.failures = 0;
				const isNew = this.settle(item.client_id);
				const said = this.handlers.onStored(entry) || this.words.textSent;
				if (isNew) this.handlers.announce(said);
			} catch (error) {
				if (!this.failed(item, error)) break;
			} finally {
				this.inFlight = "";
			}
		}
		this.isSending = false;
	}

	/** Return the first item that the server has not refused. */
	next() {
		return [...this.outbox.values()].find((item) => !item.isRefused);
	}

	/** Mark what could not be sent; return whether the rest should be tried now. */
	failed(item, error) {
		if (!this.outbox.has(item.client_id)) return true;
		const isOut = error instanceof SignedOut;
		const isNotThere = error instanceof Refused && error.status < 500;
		const reason = isNotThere ? error.message : "";
		item.isRefused = error instanceof Refused && !error.isPassing;
		item.mayBeThere = !isNotThere && (item.mayBeThere || !isOut);
		const state = item.isRefused || isOut ? "failed" : "waiting";
		if (!this.failures || item.isRefused) this.handlers.announce(state === "failed" ? this.words.textFailed : this.words.textWaiting);
		// what may have been stored is not to be written a second time
		this.show(item.client_id, state, reason, !item.mayBeThere);
		if (item.isRefused) return true;
		for (const other of this.outbox.values()) if (other !== item && !other.isRefused) this.show(other.client_id, state, "", isOut && !other.mayBeThere);
		this.resumeAt = Date.now() + Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT);
		this.failures += 1;
		if (error instanceof SignedOut) this.handlers.onError(error);
		return false;
	}

	/** Let rows of the server take the place of what waits to be sent. */
	settleAll(rows) {
		for (const row of rows) this.settle(row.dataset.clientId);
	}

	/** Let go of an item the server has stored; return whether it was here. */
	settle(clientId) {
		const item = this.outbox.get(clientId);
		if (!item) return false;
		item.row.remove();
		this.outbox.delete(clientId);
		this.drawer.set(`out:${clientId}`, "");
		this.list.hidden = !this.outbox.size;
		return true;
	}
}

/** Return a random UUID, also where the page is not served over HTTPS. */
function newId() {
	if (crypto.randomUUID) return crypto.randomUUID();
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6] & 15) | 64;
	bytes[8] = (bytes[8] & 63) | 128;
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
