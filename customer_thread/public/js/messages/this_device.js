/** The setting "Notifications on this device", wherever its part of a page stands. */

import { createDevice, isPossible } from "./device.js";
import { createHost } from "./host.js";

const root = document.getElementById("this-device");
const words = root.dataset;
const device = createDevice(words, createHost(root));
const [said, toggle, problem] = ["p", "button", "[role=alert]"].map((part) => root.querySelector(part));

show(isPossible() ? renewed() : device.state());
toggle.addEventListener("click", () => {
	toggle.disabled = true;
	show(toggle.dataset.state === "on" ? device.turnOff() : device.turnOn());
});

/** Return the state once what this browser holds is the reader's. */
async function renewed() {
	await device.renew().catch(() => {});
	return device.state();
}

/** Say how it is, and what the button does. */
async function show(asked) {
	let state = toggle.dataset.state || "off";
	problem.textContent = "";
	try {
		state = await asked;
	} catch (error) {
		problem.textContent = error.message || words.textProblem;
	}
	const texts = { on: words.textOn, off: words.textOff, denied: words.textDenied, homescreen: words.textHomeScreen, impossible: words.textImpossible };
	said.textContent = texts[state];
	toggle.hidden = state !== "on" && state !== "off";
	toggle.disabled = false;
	toggle.dataset.state = state;
	toggle.textContent = state === "on" ? words.textTurnOff : words.textTurnOn;
}
