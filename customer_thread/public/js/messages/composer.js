/** The reply box and its outbox: words stay on the device until the server has stored them. */

import { Refused, SignedOut } from "./host.js";

const FIRST_WAIT = 4000;
const LONGEST_WAIT = 60000;

/** What is kept on this device for one customer; without storage, for as long as the page is open. */
class Drawer {
	/** Use the customer's own prefix: two people can share a tablet. */
	constructor(key) {
		this.prefix = `customer-thread:${key}:`;
	}

	/** Keep a value, or forget it if it is empty. */
	set(name, value) {
		try {
			if (value) localStorage.setItem(this.prefix + name, value);
			else localStorage.removeItem(this.prefix + name);
		} catch {
			return;
		}
	}

	/** Return a kept value or "". */
	get(name) {
		try {
			return localStorage.getItem(this.prefix + name) ?? "";
		} catch {
			return "";
		}
	}

	/** Return the names of all that is kept. */
	names() {
		try {
			return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length));
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
		this.drawer = new Drawer(root.dataset.outbox);
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
			else this.drawer.clear();
		});
	}

	/** Bring back the draft and what was not stored when the page was last left. */
	restore() {
		this.text.value ||= this.drawer.get("draft");
		this.grow();
		const kept = this.drawer.names().filter((name) => name.startsWith("out:")).map((name) => JSON.parse(this.drawer.get(name)));
		for (const item of kept.sort((a, b) => a.at - b.at)) this.add(item);
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
		this.drawer.set("draft", this.text.value);
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
	add(item) {
		const row = document.getElementById("pending-template").content.firstElementChild.cloneNode(true);
		row.dataset.clientId = item.client_id;
		row.querySelector(".text").textContent = item.text;
		row.querySelector(".retry").addEventListener("click", () => this.retry(item));
		this.list.append(row);
		this.outbox.set(item.client_id, { ...item, row, isRefused: false });
		this.show(item.client_id, "sending");
		this.list.hidden = !this.outbox.size;
	}

	/** Say in words how an item stands. */
	show(clientId, state, reason = "") {
		const { row } = this.outbox.get(clientId);
		const isFailed = state === "failed";
		row.dataset.state = state;
		row.querySelector(".state").textContent = isFailed ? this.words.textFailed : this.words.textSending;
		row.querySelector(".retry").hidden = !isFailed;
		row.querySelector(".reason").textContent = reason;
		row.querySelector(".reason").hidden = !reason;
	}

	/** Try one item again because the reader asked for it. */
	retry({ client_id }) {
		this.outbox.get(client_id).isRefused = false;
		this.resumeAt = 0;
		document.getElementById("timeline").focus({ preventScroll: true });
		this.pump();
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
			this.show(item.client_id, "sending");
			try {
				const entry = await this.host.reply(item);
				this.failures = 0;
				if (this.settle(item.client_id)) this.handlers.announce(this.words.textSent);
				this.handlers.onStored(entry);
			} catch (error) {
				if (!this.failed(item, error)) break;
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
		const reason = error instanceof Refused ? error.message : "";
		item.isRefused = error instanceof Refused && !error.isPassing;
		if (!this.failures || item.isRefused) this.handlers.announce(this.words.textFailed);
		this.show(item.client_id, "failed", reason);
		if (item.isRefused) return true;
		for (const other of this.outbox.values()) if (other !== item && !other.isRefused) this.show(other.client_id, "failed");
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
