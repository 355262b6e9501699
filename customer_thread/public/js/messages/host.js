/** What the page needs from its surroundings: the calls of `customer_thread.api.portal`, the poll, a voice and the date. */

const VISIBLE_DELAY = 4000;
const HIDDEN_DELAY = 30000;
const NOTIFIED_DELAY = 60000;
const TIMEOUT = 20000;
const PRESENT_FOR = 120000;
const SAY_EVERY = 30000;
const SPOKEN_FOR = 1000;
const SPOKEN_EVERY = 150;
const SPOKEN_AT_ONCE = 3;
const SPOKEN_LENGTH = 300;

/** The session has ended, or the answer is another reader's; the message, if any, says how that came about. */
export class SignedOut extends Error {}

/** The server said no; the message is a sentence for the reader. */
export class Refused extends Error {
	/** Keep the status beside the sentence. */
	constructor(message, status) {
		super(message);
		this.status = status;
	}

	/** Whether the same request may succeed later. */
	get isPassing() {
		return this.status >= 500 || this.status === 429;
	}
}

/** Return the host of the page whose data is on `root`. */
export function createHost(root) {
	const token = document.querySelector('meta[name="csrf-token"]').content;

	/** Call one method and return its message. */
	async function call(method, query, body) {
		const url = `${root.dataset.api}.${method}${query ? `?${new URLSearchParams(query)}` : ""}`;
		const options = body
			? { method: "POST", headers: { "Content-Type": "application/json", "X-Frappe-CSRF-Token": token }, body: JSON.stringify(body) }
			: {};
		const response = await request(url, options);
		const answer = await response.json().catch(() => ({}));
		if (response.status === 401 || response.status === 403 || answer.exc_type === "CSRFTokenError") throw new SignedOut();
		if (!response.ok) throw new Refused(sentence(answer) || root.dataset.textProblem, response.status);
		return answer.message;
	}

	return {
		/** Return a page of the timeline; refuse one that is not this reader's. */
		async timeline(query) {
			const answer = await call("timeline", { limit: 50, as: "html", ...query });
			if (isOther(answer, root)) throw new SignedOut(root.dataset.textElsewhere);
			return answer;
		},
		/** Store a reply and return its entry; the same client id is stored once. */
		reply: ({ text, client_id }) => call("reply", null, { text, client_id, outbox: root.dataset.outbox, as: "html" }),
		/** Mark everything up to this entry as read. */
		read: (upto) => call("read", null, { upto, outbox: root.dataset.outbox }),
		/** Keep what the reader wants, as far as it is given. */
		savePreferences: (chosen) => call("save_preferences", null, { ...chosen, outbox: root.dataset.outbox }),
		/** Let this browser be pushed to. */
		subscribe: (subscription) => call("subscribe", null, { subscription, browser: navigator.userAgent, outbox: root.dataset.outbox }),
		/** Push to it no more. */
		unsubscribe: (endpoint) => call("unsubscribe", null, { endpoint, outbox: root.dataset.outbox }),
		/** Have a notice sent that is a test. */
		testNotice: () => call("test_notice", null, { outbox: root.dataset.outbox }),
		/** Return the elements of a page of this site. */
		async page(url) {
			const response = await request(url, {});
			if (response.redirected || response.status === 401 || response.status === 403) throw new SignedOut();
			if (!response.ok) throw new Refused(root.dataset.textProblem, response.status);
			const template = document.createElement("template");
			template.innerHTML = await response.text();
			const { outbox } = template.content.getElementById("messages").dataset;
			if (outbox !== root.dataset.outbox) throw new SignedOut(root.dataset.textElsewhere);
			return template.content;
		},
		/** Return a text file of this site. */
		async text(url) {
			const response = await request(url, {});
			if (!response.ok) throw new Refused(root.dataset.textProblem, response.status);
			return response.text();
		},
	};
}

/**
 * Call `check` every few seconds, at once when the page is shown, hidden or back on line.
 * Return `now`, which does so at once, and `rely`, by which a socket says whether it will notify of changes itself.
 */
export function poll(check) {
	let timer = 0;
	let failures = 0;
	let running = false;
	let isAsked = false;
	let isNotified = false;

	/** Check once, then plan the next time; stop when there is nobody signed in. */
	async function tick() {
		isAsked = running;
		if (running) return;
		clearTimeout(timer);
		running = true;
		try {
			const again = await check();
			failures = 0;
			plan(again ? 0 : isNotified ? NOTIFIED_DELAY : delay());
		} catch (error) {
			failures += 1;
			if (!(error instanceof SignedOut)) plan(Math.min(delay() * failures, HIDDEN_DELAY));
		} finally {
			running = false;
			if (isAsked) plan(0);
		}
	}

	/** Set the one timer. */
	function plan(milliseconds) {
		clearTimeout(timer);
		timer = setTimeout(tick, milliseconds);
	}

	document.addEventListener("visibilitychange", tick);
	window.addEventListener("online", tick);
	plan(delay());
	return { now: tick, rely: (isOn) => (isNotified = isOn) };
}

/**
 * Return a function that gives what the next poll says of the reader: that they are there, while the page is shown and
 * was touched lately, seldom enough for the server; once, that they have left it.
 */
export function createPresence() {
	let touched = Date.now();
	let said = 0;
	for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "scroll"]) {
		document.addEventListener(kind, () => (touched = Date.now()), { capture: true, passive: true });
	}
	return () => {
		const now = Date.now();
		if (document.hidden) return said ? { active: (said = 0) } : {};
		if (now - touched > PRESENT_FOR || now - said < SAY_EVERY) return {};
		said = now;
		return { active: 1 };
	};
}

/** Where the reader was in this tab: they come back to it by Back, a reload, or a link from another page of the site. */
export class Place {
	/** Keep it under the reader's own name. */
	constructor(outbox) {
		this.key = `customer-thread:${outbox}:place`;
	}

	/** Keep a place until the tab is closed; none where the reader was at the end. */
	keep(place) {
		try {
			if (place) sessionStorage.setItem(this.key, JSON.stringify({ ...place, address: address() }));
			else sessionStorage.removeItem(this.key);
		} catch {
			return;
		}
	}

	/** Return the place to come back to, or null: what a new address asks for goes before it. */
	get kept() {
		try {
			const isAgain = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0].type);
			const isFromHere = document.referrer.startsWith(`${location.origin}/`) && new URL(document.referrer).pathname !== location.pathname;
			const place = JSON.parse(sessionStorage.getItem(this.key));
			if ((location.hash || location.search) && !(isAgain && place?.address === address())) return null;
			return isAgain || isFromHere ? place : null;
		} catch {
			return null;
		}
	}
}

/** Return what of the address says what is shown. */
function address() {
	return location.pathname + location.search + location.hash;
}

/** Whether a row is a card, not a message. */
export function isCard(row) {
	return row.classList.contains("event");
}

/** What the page says: for screen readers one sentence at a time, each gone after a second; troubles also in a line. */
export class Voice {
	/** Speak through a status region and a visible line, in the page's own words. */
	constructor(region, trouble, words) {
		this.region = region;
		this.trouble = trouble;
		this.words = words;
		this.sentences = [];
		this.timer = 0;
		this.isLasting = false;
	}

	/** Say a sentence when its turn comes. */
	say(sentence) {
		this.sentences.push(sentence);
		this.timer ||= setTimeout(() => this.next(), SPOKEN_EVERY);
	}

	/** Read out rows that arrived at the end, or how many there are. */
	sayArrived(rows) {
		if (rows.length > SPOKEN_AT_ONCE) this.say(this.howMany(rows.length, rows.filter(isCard).length));
		else for (const row of rows) this.say(inWords(row, this.words.textArrived));
	}

	/** Return "3 new messages", or "1 new update" where all are cards. */
	howMany(count, cards) {
		const { textNewOne, textNewMany, textNewCard, textNewCards, textNewBoth } = this.words;
		if (cards && cards < count) return fill(textNewBoth, count);
		if (count === 1) return cards ? textNewCard : textNewOne;
		return fill(cards ? textNewCards : textNewMany, count);
	}

	/** Say what is wrong; nothing that was on the page is taken away. */
	complain(error) {
		const isOut = error instanceof SignedOut;
		const isRefused = error instanceof Refused;
		const text = isOut ? error.message || this.words.textSignedOut : isRefused ? error.message : this.words.textOffline;
		if (this.trouble.hidden) this.say(text);
		this.trouble.hidden = false;
		this.trouble.firstElementChild.replaceChildren(`${text} `, isOut ? link("/messages", error.message ? this.words.textShow : this.words.textSignIn) : "");
		this.isLasting = isRefused && !error.isPassing;
	}

	/** Take the trouble back once the server answers, unless trying again would not help. */
	calm() {
		if (!this.isLasting) this.trouble.hidden = true;
	}

	/** Take any trouble back because the reader has turned to something else. */
	forget() {
		this.trouble.hidden = true;
		this.isLasting = false;
	}

	/** Put the next sentence into the region. */
	next() {
		const sentence = Object.assign(document.createElement("p"), { textContent: this.sentences.shift() });
		this.region.append(sentence);
		setTimeout(() => sentence.remove(), SPOKEN_FOR);
		this.timer = this.sentences.length ? setTimeout(() => this.next(), SPOKEN_EVERY) : 0;
	}
}

/** Return a link. */
function link(href, textContent) {
	return Object.assign(document.createElement("a"), { href, textContent });
}

/** Return an entry as it is read out. */
function inWords(row, pattern) {
	const part = (selector) => row.querySelector(selector)?.textContent.trim() ?? "";
	const said = [part(".subject"), part(".said")].filter(Boolean).join(". ").slice(0, SPOKEN_LENGTH);
	return part(".who") ? fill(pattern, part(".who"), part("time"), said) : said;
}

/** Put values into a translated pattern. */
export function fill(pattern, ...values) {
	return pattern.replace(/\{(\d)\}/g, (_, index) => values[index]);
}

/** Return today's date in a zone. */
export function localDay(timeZone) {
	return new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());
}

/** Return how long to wait between two polls. */
function delay() {
	return document.hidden ? HIDDEN_DELAY : VISIBLE_DELAY;
}

/** Fetch from this site, giving up after a while. */
function request(url, options) {
	// what is asked while the page goes away is to arrive all the same
	return fetch(url, { credentials: "same-origin", keepalive: document.hidden, signal: AbortSignal.timeout(TIMEOUT), ...options });
}

/** Return the sentence of an error answer. */
function sentence(answer) {
	return typeof answer.message === "string" ? answer.message : "";
}

/** Whether an answer belongs to another reader than the page: two people can share a tablet. */
function isOther(answer, root) {
	const { outbox, customer } = root.dataset;
	return answer.outbox ? answer.outbox !== outbox : answer.thread.customer.name !== customer;
}
