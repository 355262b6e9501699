/** Notifications on this device: whether there can be any, turning them on and off, and giving the subscription again at each visit. */

const WORKER = "/messages-sw.js";
const PAGES = "customer-thread-pages";
const DEVICE = "/messages/this-device";

/** Whether this browser can be pushed to. */
export function isPossible() {
	return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** Whether it could be, once it is on the home screen: an iPhone or iPad in a browser (iOS 16.4 and later). */
export function needsHomeScreen() {
	const isApple = /iP(hone|ad|od)/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
	return isApple && !isPossible() && !matchMedia("(display-mode: standalone)").matches && !navigator.standalone;
}

/** Register the service worker; return its registration once it can be pushed to. */
export async function register() {
	await navigator.serviceWorker.register(WORKER, { scope: "/" });
	return navigator.serviceWorker.ready;
}

/** Return this device as the reader of `words` (the data of the page) and `host` (its calls) have it. */
export function createDevice(words, host) {
	const { pushKey: key, reader } = words;
	/** that this reader has asked for them here, not another one in the same browser */
	const mine = `customer-thread:device:${reader}`;

	/** Return the browser's subscription, whosever it is. */
	async function current() {
		const registration = await navigator.serviceWorker.getRegistration("/");
		return (await registration?.pushManager.getSubscription()) ?? null;
	}

	/** Subscribe with the key of now, and give it to the server. */
	async function give() {
		const { pushManager } = await register();
		let found = await pushManager.getSubscription();
		if (found && encoded(found.options.applicationServerKey) !== key) {
			// the browser keeps the key it was subscribed with, for ever
			await found.unsubscribe();
			found = null;
		}
		found ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: decoded(key) });
		const subscription = found.toJSON();
		await host.subscribe(subscription);
		await (await caches.open(PAGES)).put(DEVICE, new Response(JSON.stringify({ subscription, key })));
		localStorage.setItem(mine, "on");
	}

	/** Take the subscription back, on the server first: what is left there would be pushed in vain. */
	async function take() {
		localStorage.removeItem(mine);
		const found = await current();
		if (!found) return;
		await host.unsubscribe(found.endpoint);
		await found.unsubscribe();
	}

	return {
		/** Return "on", "off", "denied", "homescreen" or "impossible". */
		async state() {
			if (needsHomeScreen()) return "homescreen";
			if (!isPossible()) return "impossible";
			if (Notification.permission === "denied") return "denied";
			const isOn = localStorage.getItem(mine) === "on" && Notification.permission === "granted";
			return isOn && (await current()) ? "on" : "off";
		},
		/** Ask for permission, in a tap, and begin; return the state after it. */
		async turnOn() {
			if ((await Notification.requestPermission()) === "granted") await give();
			return this.state();
		},
		/** End them here; return the state after it. */
		async turnOff() {
			await take();
			return this.state();
		},
		/** At each visit: give it again if it is this reader's, else end it: two people can share a tablet. */
		async renew() {
			if (localStorage.getItem(mine) === "on" && Notification.permission === "granted") await give();
			else if (await current()) await take();
		},
	};
}

/** Return the bytes that base64url stands for. */
function decoded(text) {
	const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
	return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** Return bytes as base64url without padding. */
function encoded(buffer) {
	const plain = String.fromCharCode(...new Uint8Array(buffer ?? []));
	return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
