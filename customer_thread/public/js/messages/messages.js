/** The Messages page: how it opens, what happens when entries arrive, search, pictures and menus. */

import { Composer } from "./composer.js";
import { Place, SignedOut, Voice, createHost, createPresence, fill, isCard, localDay, poll } from "./host.js";
import { Timeline, parse } from "./timeline.js";

const BATCH = 100;
const JUMP_FROM = 240;
const LIVE_AFTER = 500;
const ASK_AGAIN = 60000;
const INSTALLED_AFTER = 3000;

const root = document.getElementById("messages");
const words = root.dataset;
const element = (id) => document.getElementById(id);
const [jump, results, search, viewer] = ["jump", "results", "search", "viewer"].map(element);
const title = document.title;

const state = {
	last: Number(words.last),
	revision: Number(words.revision),
	unread: Number(words.unread),
	arrived: Number(words.unread),
	/** how many of these are cards */
	arrivedCards: Number(words.unreadCards),
	firstNew: words.firstUnread,
	day: localDay(words.timezone),
	/** when the newest page was fetched, in milliseconds */
	refreshed: Date.now(),
	failures: 0,
	isReading: false,
	/** how often the reader has asked for another place: a late answer to an earlier wish is not shown */
	asked: 0,
	/** how often rows were put in: an answer that was asked for before the last time may lack them */
	merged: 0,
};
const voice = new Voice(element("announcer"), element("trouble"), words);
const host = createHost(root);
const presence = createPresence();
const place = new Place(words.outbox);
const timeline = new Timeline(root, host, {
	onMoved: moved,
	onRows: (rows) => composer.settleAll(rows),
	onLoaded: (count) => voice.say(fill(words.textEarlier, count)),
	onError: (error) => voice.complain(error),
});
const composer = new Composer(root, host, {
	onSend: showEnd,
	onStored: stored,
	onError: (error) => voice.complain(error),
	announce: (text) => voice.say(text),
});

listen();
begin();
const arrivals = poll(lookForArrivals);
let stopLive = () => {};
if (words.live) setTimeout(goLive, LIVE_AFTER);
setTimeout(goInstalled, INSTALLED_AFTER);

/** Put the reader where the address says, or at the first unread entry, or at the end. */
async function begin() {
	const address = new URLSearchParams(location.search);
	const isPaged = address.has("before") || address.has("newer");
	timeline.cover(!results.hidden);
	const { asked } = state;
	if ((await comeBack(place.kept)) || state.asked !== asked) return;
	if (askedEntry()) await goTo(askedEntry(), false);
	if (state.asked !== asked) return;
	if (timeline.find(askedEntry())) return moved();
	if (state.firstNew && !isPaged && results.hidden) await showUnread();
	else if (!address.has("newer")) timeline.toEnd();
	moved();
}

/** Put the reader back to where they were; return whether that is still there. */
async function comeBack(kept) {
	if (!kept || !results.hidden) return false;
	if (!timeline.find(kept.id)) await open({ around: kept.id }).catch(() => false);
	return timeline.putBack(kept);
}

/** Remember where the reader is as they leave. */
function leave() {
	place.keep(timeline.isAtEnd ? null : timeline.where());
}

/** Return the entry id in the address, if there is one. */
function askedEntry() {
	const id = location.hash.slice(1) || new URLSearchParams(location.search).get("around") || "";
	return /^\d+$/.test(id) ? id : "";
}

/** Do what may fail, and say so if it does. */
function attempt(act) {
	return act().catch((error) => voice.complain(error));
}

/** Wait for an answer; return it, or null if the reader has asked for something else meanwhile. */
async function wanted(answer) {
	const { asked } = state;
	const found = await answer;
	return state.asked === asked ? found : null;
}

/** Show a page of the thread in place of the window; return whether the reader still wants it. */
async function open(query) {
	const { merged } = state;
	const answer = await wanted(host.timeline(query));
	// the answer may be older than what was put in meanwhile
	if (answer && state.merged !== merged) return open(query);
	if (answer) timeline.open(answer);
	return Boolean(answer);
}

/** Show one entry in its place. */
function goTo(id, isAsked) {
	return attempt(async () => {
		if (timeline.find(id) || (await open({ around: id }))) timeline.point(timeline.find(id), isAsked);
	});
}

/** Show the first unread entry under the "New" line. */
function showUnread() {
	return attempt(async () => {
		if (!timeline.find(state.firstNew) && !(await open({ around: state.firstNew }))) return;
		if (!timeline.newLine) timeline.markNew(timeline.find(state.firstNew));
		timeline.toElement(timeline.newLine, "start");
	});
}

/** Show the newest entries, whatever was shown before. */
async function showEnd() {
	const asked = (state.asked += 1);
	if (timeline.isCovered) history.pushState(null, "", "/messages");
	showResults(false);
	if (timeline.newer || !timeline.rows.length) await attempt(() => open({}));
	if (state.asked !== asked) return;
	timeline.toEnd();
	moved();
}

/** Be notified of changes by the host's socket, if it has one; whatever goes wrong there, the poll goes on. */
async function goLive() {
	try {
		const { connect } = await import("./live.js");
		stopLive = await connect(words, {
			onChanged: arrivals.now,
			onState: (isOn) => {
				arrivals.rely(isOn);
				arrivals.now();
			},
		});
	} catch (error) {
		console.info("No socket, so this page polls:", error.message);
	}
}

/** Be an app, as far as this browser lets the page; without it everything else goes on. */
async function goInstalled() {
	try {
		const { begin: beginInstalled } = await import("./installed.js");
		await beginInstalled(words, host);
	} catch (error) {
		console.info("Not installed:", error.message);
	}
}

/** Ask for what became known since; return whether there is more at once. */
async function lookForArrivals() {
	try {
		const answer = await host.timeline({ after: state.last, limit: BATCH, ...presence() });
		const isMore = answer.entries.length >= BATCH;
		receive(answer);
		if (!isMore && (answer.revision !== state.revision || isNextDay() || isWaiting())) await refresh();
		if (!isMore) state.revision = answer.revision;
		composer.resume(state.failures > 0);
		state.failures = 0;
		element("offline").hidden = true;
		voice.calm();
		return isMore;
	} catch (error) {
		state.failures += 1;
		if (error instanceof SignedOut) {
			stopLive();
			arrivals.rely(false);
		}
		if (state.failures > 1 || error instanceof SignedOut) voice.complain(error);
		throw error;
	}
}

/** Put what became known in its place, count and announce it. */
function receive({ entries, unread }) {
	const wasWatching = !document.hidden && timeline.isAtEnd;
	const rows = parse(entries);
	const fresh = rows.filter(({ id, dataset }) => "countsAsUnread" in dataset && Number(id) > state.last);
	merge(rows);
	state.last = rows.reduce((last, row) => Math.max(last, Number(row.id)), state.last);
	state.unread = unread;
	if (wasWatching && fresh.length) voice.sayArrived(timeline.rows.slice(-rows.length).filter(({ id }) => fresh.some((row) => row.id === id)));
	else if (fresh.length) countArrivals(fresh);
	moved();
}

/** Remember what came while the reader was elsewhere, and draw the line before it. */
function countArrivals(fresh) {
	state.arrived += fresh.length;
	state.arrivedCards += fresh.filter(isCard).length;
	if (!document.hidden) voice.say(voice.howMany(state.arrived, state.arrivedCards));
	if (state.firstNew) return;
	const first = timeline.rows.find((row) => fresh.some(({ id }) => id === row.id));
	state.firstNew = (first ?? fresh[0]).id;
	if (first) timeline.markNew(first);
	if (first && timeline.isFollowing) timeline.toElement(timeline.newLine, "start");
}

/** Fetch the newest page again, and the one being read: states, pictures, void cards and late arrivals. */
async function refresh() {
	state.refreshed = Date.now();
	const newest = await host.timeline({});
	if (isNextDay()) {
		timeline.open(newest);
		timeline.toEnd();
		state.day = localDay(words.timezone);
		return;
	}
	merge(parse(newest.entries));
	const read = timeline.firstVisible()?.id;
	if (!read || newest.entries.some(({ id }) => String(id) === read)) return;
	merge(parse((await host.timeline({ around: read })).entries));
}

/** Put rows of the server in. */
function merge(rows) {
	if (rows.length) state.merged += 1;
	timeline.merge(rows);
}

/** Put in a reply as it was when it was stored, unless the poll has brought it as it is now; return what it says of itself. */
function stored(entry) {
	const rows = parse([entry]);
	merge(rows.filter(({ id }) => !timeline.find(id)));
	return rows[0]?.dataset.state === "sending" ? "" : (rows[0]?.querySelector(".state")?.textContent.trim() ?? "");
}

/** Whether "Today" has changed its meaning for a reader at the end. */
function isNextDay() {
	return timeline.isFollowing && localDay(words.timezone) !== state.day;
}

/** Whether to ask what became of a reply that says "Sending…": the server waits for a first try only so long. */
function isWaiting() {
	const isLong = Date.now() - state.refreshed > ASK_AGAIN;
	return isLong && timeline.rows.some(({ dataset }) => dataset.state === "sending");
}

/** Mark as read what was seen to the end, and show how much is below. */
function moved() {
	if (timeline.isAtEnd && !document.hidden) caughtUp();
	const isFar = Boolean(timeline.newer) || timeline.toGo() > JUMP_FROM;
	jump.hidden = timeline.isCovered || timeline.isAtEnd || !(isFar || state.arrived);
	jump.classList.toggle("arrived", state.arrived > 0);
	jump.textContent = state.arrived ? voice.howMany(state.arrived, state.arrivedCards) : words.textNewest;
	document.title = state.arrived && document.hidden ? `(${state.arrived}) ${title}` : title;
}

/** Note that nothing is new any more, and say so to the server once. */
async function caughtUp() {
	state.arrived = state.arrivedCards = 0;
	state.firstNew = "";
	navigator.clearAppBadge?.().catch(() => {});
	if (!state.unread || state.isReading) return;
	state.isReading = true;
	const answer = await host.read(state.last).catch(() => state);
	state.unread = answer.unread;
	state.isReading = false;
}

/** Lay the search results over the timeline, or take them away. */
function showResults(isShown) {
	const hadFocus = results.contains(document.activeElement);
	results.hidden = !isShown;
	timeline.cover(isShown);
	unfoldSearch(isShown);
	if (!isShown) search.elements.q.value = "";
	if (!isShown && hadFocus) timeline.scroller.focus({ preventScroll: true });
	moved();
}

/** Search on the server and show what it found. */
function find(url) {
	return attempt(async () => {
		const page = await wanted(host.page(url));
		if (!page) return;
		results.replaceChildren(...page.querySelector("#results").childNodes);
		results.scrollTop = 0;
		showResults(true);
		element("results-title").focus();
	});
}

/** Show what the address says. */
function route() {
	state.asked += 1;
	const asked = new URLSearchParams(location.search).get("q");
	if (asked) return find(location.href);
	showResults(false);
	if (askedEntry()) return goTo(askedEntry(), true);
	return timeline.rows.length ? undefined : showEnd();
}

/** Change the address and show what it says. */
function visit(url) {
	history.pushState(null, "", url);
	voice.forget();
	return route();
}

/** Show or hide the search field on a narrow screen. */
function unfoldSearch(isOpen) {
	search.classList.toggle("open", isOpen);
	element("search-toggle").setAttribute("aria-expanded", isOpen);
}

/** Open or close the search field because the reader asked for it. */
function toggleSearch(isOpen) {
	unfoldSearch(isOpen);
	(isOpen ? search.elements.q : element("search-toggle")).focus();
}

/** Take over a link of the page if it is a plain click. */
function follow(event) {
	const link = event.target.closest("a");
	if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
	const act = link.matches("#results a") ? visit : link.matches(".picture") ? openPicture : link.matches(".original a") ? openWhole : null;
	if (!act) return;
	event.preventDefault();
	act(link.href, link);
}

/** Show a picture as large as the screen. */
function openPicture(url, link) {
	const picture = viewer.querySelector("img");
	picture.src = url;
	picture.alt = link.querySelector("img").alt;
	viewer.showModal();
}

/** Unfold the whole e-mail under the words that were new in it, or fold it again. */
function openWhole(url, link) {
	const open = link.parentElement.querySelector(".whole");
	link.textContent = open ? words.textShowEmail : words.textHideEmail;
	if (open) return open.remove();
	const whole = Object.assign(document.createElement("p"), { className: "whole", tabIndex: 0, dir: "auto" });
	link.parentElement.append(whole);
	return attempt(async () => {
		whole.textContent = await host.text(url);
	});
}

/** Close open menus, but not the one that was touched. */
function closeMenus(touched) {
	for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(touched)) menu.open = false;
}

/** Hear everything that is neither the timeline's nor the composer's. */
function listen() {
	jump.addEventListener("click", () => {
		timeline.scroller.focus({ preventScroll: true });
		state.asked += 1;
		if (state.arrived && !timeline.hasReached(timeline.newLine)) showUnread();
		else showEnd();
	});
	for (const area of [search, results]) {
		area.addEventListener("submit", (event) => {
			event.preventDefault();
			visit(`/messages?${new URLSearchParams(new FormData(event.target, event.submitter))}`);
		});
	}
	element("search-toggle").addEventListener("click", () => toggleSearch(!search.classList.contains("open")));
	search.addEventListener("keydown", ({ key }) => key === "Escape" && toggleSearch(false));
	document.addEventListener("click", (event) => {
		closeMenus(event.target);
		follow(event);
	});
	document.addEventListener("keydown", ({ key, target }) => {
		if (key !== "Escape") return;
		target.closest(".menu")?.querySelector("summary").focus();
		closeMenus(null);
	});
	viewer.addEventListener("click", () => viewer.close());
	viewer.addEventListener("close", () => viewer.querySelector("img").removeAttribute("src"));
	document.addEventListener("visibilitychange", leave);
	window.addEventListener("pagehide", leave);
	document.addEventListener("visibilitychange", moved);
	window.addEventListener("popstate", route);
	window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
