/**
 * The service worker of the customer's pages: shows what is pushed, and what was last seen where there is no connection.
 * It stands at the root of the site and touches nothing but these pages.
 */

const MESSAGES = "/messages";
const OFFLINE = "/messages/offline";
const PAGES = "customer-thread-pages";
const FILES = "customer-thread-files";
/** under which the page keeps this device's subscription for the worker */
const DEVICE = "/messages/this-device";
const RESUBSCRIBE = "/api/method/customer_thread.api.portal.resubscribe";
const OURS = [MESSAGES, "/schedule", "/notification-settings"];
/** where nobody is signed in any more: what was kept goes */
const SIGNED_OUT = ["/login", "/sign-in", "/messages/sign-in", "/messages/sign-out", "/sign-out"];
/** where, by a form, somebody else begins to read, or another customer's thread is chosen */
const CHANGED = ["/messages/in", "/messages/choose"];
/** the files of these pages, on either host */
const FILE = /^\/(?:messages\/assets|assets\/customer_thread)\//;
const ICON = "/messages-icon-192.png";

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("fetch", answer);
self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(exchange(event)));

/** Keep the page that says that there is no connection. */
async function prepare() {
	self.skipWaiting();
	const page = await fetch(OFFLINE);
	if (page.ok) await keep(OFFLINE, page);
}

/** Look after the page that is open already, and keep it: it was loaded before this worker was there. */
async function begin() {
	await self.clients.claim();
	const page = await fetch(MESSAGES);
	if (isThread(page)) await keep(MESSAGES, page);
}

/** Answer for our pages where nobody else does; whatever else is asked for goes its own way. */
function answer(event) {
	const { method, mode, url } = event.request;
	const { origin, pathname, searchParams } = new URL(url);
	if (origin !== self.location.origin) return;
	if (mode === "navigate" && ends(method, pathname, searchParams)) event.waitUntil(forget());
	else if (method !== "GET") return;
	else if (mode === "navigate" && OURS.includes(pathname)) event.respondWith(visit(event, pathname, searchParams.has("q")));
	else if (FILE.test(pathname)) event.respondWith(file(event.request));
}

/** Whether whoever goes there is to find nothing here any more of what was read before. */
function ends(method, path, params) {
	// Frappe's own sign-out stands at the root
	if (params.get("cmd") === "web_logout") return true;
	return SIGNED_OUT.includes(path) || (method === "POST" && CHANGED.includes(path));
}

/** Return a page, or what was last seen of it. */
async function visit(event, path, isSearch) {
	let page;
	try {
		page = await fetch(event.request);
	} catch {
		return (path === MESSAGES && (await lastSeen())) || (await kept(OFFLINE)) || Response.error();
	}
	// the redirect of whoever is not signed in any more, or reads nobody's messages
	if (page.type === "opaqueredirect" || [401, 403, 404].includes(page.status)) event.waitUntil(forget());
	else if (path === MESSAGES && !isSearch && isThread(page)) event.waitUntil(keep(MESSAGES, page.clone()));
	return page;
}

/** Whether this is a reader's thread. */
function isThread(page) {
	return page.ok && !page.redirected && (page.headers.get("Content-Type") ?? "").startsWith("text/html");
}

/** Return the thread as it was last seen, which says so. */
async function lastSeen() {
	const page = await kept(MESSAGES);
	if (!page) return null;
	const headers = new Headers(page.headers);
	for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
	return new Response((await page.text()).replace('id="offline" hidden', 'id="offline"'), { headers });
}

/** Return a page that was kept. */
async function kept(path) {
	return (await caches.open(PAGES)).match(path, { ignoreVary: true });
}

/** Keep a page with the files it needs; those of an older thread go. */
async function keep(path, page) {
	const text = await page.clone().text();
	await (await caches.open(PAGES)).put(path, page);
	const wanted = [...text.matchAll(/(?:src|href)="(\/(?:messages\/assets|assets\/customer_thread)\/[^"]+)"/g)].map(([, name]) => name);
	const cache = await caches.open(FILES);
	const there = (await cache.keys()).map(({ url }) => new URL(url).pathname);
	await Promise.all(wanted.filter((name) => !there.includes(name)).map((name) => cache.add(name).catch(() => {})));
	if (path === MESSAGES) await Promise.all(there.filter((name) => !wanted.includes(name)).map((name) => cache.delete(name)));
}

/** Return a file that was kept, else the site's. */
async function file(request) {
	return (await (await caches.open(FILES)).match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Forget what was read here. */
async function forget() {
	await (await caches.open(PAGES)).delete(MESSAGES);
}

/** Return what was pushed; something is shown whatever came, or the browser takes the permission back. */
function read(data) {
	try {
		return data?.json() ?? {};
	} catch {
		return {};
	}
}

/** Show a notification, one a thread, also while the page is open, and count on the icon. */
async function show({ title, body, tag, url, badge }) {
	const options = { body, tag, renotify: Boolean(tag), icon: ICON, data: { url }, timestamp: Date.now() };
	await Promise.all([
		self.registration.showNotification(title || self.location.hostname, options),
		badge ? self.navigator.setAppBadge?.(badge).catch(() => {}) : null,
	]);
}

/** Lead to the entry: in a window of ours that is open, else in a new one. */
async function open(notification) {
	notification.close();
	const { href, origin } = new URL(notification.data?.url ?? MESSAGES, self.location.origin);
	const goal = origin === self.location.origin ? href : MESSAGES;
	const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
	const ours = windows.find(({ url }) => new URL(url).pathname === MESSAGES);
	if (!ours) return self.clients.openWindow(goal);
	try {
		await ours.focus().catch(() => {});
		return await ours.navigate(goal);
	} catch {
		// not this worker's to lead
		return self.clients.openWindow(goal);
	}
}

/** Tell the site of another subscription that the browser has put in the place of one. */
async function exchange({ oldSubscription, newSubscription }) {
	const pages = await caches.open(PAGES);
	const known = await (await pages.match(DEVICE))?.json();
	const old = oldSubscription?.toJSON() ?? known?.subscription;
	if (!old) return;
	const applicationServerKey = oldSubscription?.options.applicationServerKey ?? known?.key;
	const fresh = newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
	const subscription = fresh.toJSON();
	const answer = await fetch(RESUBSCRIBE, {
		method: "POST",
		// the old one's secret is the proof: there may be no session any more
		credentials: "omit",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ endpoint: old.endpoint, auth: old.keys.auth, subscription }),
	});
	if (answer.ok) await pages.put(DEVICE, new Response(JSON.stringify({ subscription, key: known?.key })));
}
