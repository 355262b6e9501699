/** The page of the reader's calendar: its address is copied with one press. */

const address = document.getElementById("address");
const button = document.getElementById("copy");

if (button) {
	document.getElementById("copying").hidden = false;
	button.addEventListener("click", copy);
	address.addEventListener("focus", () => address.select());
}

/** Copy the address; where the browser does not let a page do that, mark it. */
async function copy() {
	const said = document.getElementById("copied");
	try {
		await navigator.clipboard.writeText(address.value);
		said.textContent = button.dataset.textCopied;
	} catch {
		address.select();
		said.textContent = button.dataset.textSelect;
	}
}
