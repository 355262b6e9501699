/** Frappe's socket, where the page's host has one. It says that something changed, never what; without it the page polls. */

const EVENT = "customer_thread_changed";
const FIRST_TRIES = 3;
const LONGEST_WAIT = 60000;
const PAUSE = 300;

/**
 * Listen at the socket of a site, by the script of Frappe's own that the host serves.
 * `onChanged` hears that something did, `onState` whether the socket can be relied on. Return how to stop.
 */
export async function connect({ live, site }, { onChanged, onState }) {
	const { io } = await import(live);
	const socket = io(`${location.origin}/${site}`, { reconnectionAttempts: FIRST_TRIES, reconnectionDelayMax: LONGEST_WAIT });
	const changed = seldom(onChanged);
	socket.on("connect", () => {
		// where it worked once it will work again; where it never did, nobody is asked for ever
		socket.io.reconnectionAttempts(Infinity);
		onState(true);
	});
	socket.on("disconnect", () => onState(false));
	socket.on(EVENT, changed);
	return () => {
		socket.off();
		socket.close();
	};
}

/** Return a function that acts at once, and once more for all that it was called for a moment after. */
function seldom(act) {
	let timer = 0;
	let isCalled = false;
	return function call() {
		isCalled = true;
		if (timer) return;
		isCalled = false;
		act();
		timer = setTimeout(() => {
			timer = 0;
			if (isCalled) call();
		}, PAUSE);
	};
}
