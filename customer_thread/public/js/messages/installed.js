/** What the page does once it is there: its service worker, this device's notifications, and a quiet offer of them. */

import { createDevice, isPossible, needsHomeScreen, register } from "./device.js";

/** Begin; nothing here is needed to read or write, so nothing of it is complained about. */
export async function begin(words, host) {
	if ("serviceWorker" in navigator) await register();
	if (!words.pushKey) return;
	const device = createDevice(words, host);
	if (isPossible()) await device.renew();
	await offer(device, words);
}

/** Show the line that offers notifications, until it was answered once. */
async function offer(device, words) {
	const line = document.getElementById("offer");
	const answered = `customer-thread:${words.outbox}:offer`;
	if (!line || localStorage.getItem(answered)) return;
	const mustInstall = needsHomeScreen();
	if (!mustInstall && (!isPossible() || Notification.permission !== "default" || (await device.state()) !== "off")) return;
	const [yes, no] = line.querySelectorAll("button");
	yes.hidden = mustInstall;
	if (mustInstall) line.querySelector("span").textContent = words.textHomeScreen;
	line.hidden = false;
	const close = () => {
		localStorage.setItem(answered, "1");
		line.hidden = true;
	};
	no.addEventListener("click", close);
	yes.addEventListener("click", async () => {
		yes.disabled = true;
		await device.turnOn().catch(() => {});
		close();
	});
}
