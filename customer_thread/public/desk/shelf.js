// What goes with a message: pictures and files that are uploaded, with how far they are and a button to remove each.
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const MOST = 10;
/** Milliseconds: an upload that gets no further, and one of which all has arrived, end after this. */
const STALLED = 30000;
const UNANSWERED = 120000;
/** Bytes from which a photo is made smaller before it is sent; pixels of its longer side, as the server keeps it. */
const LARGE = 1000000;
const LONGEST = 2560;
const AT = "/api/method/customer_thread.api.desk";

export class Shelf {
	/** `box`: a reply box; what is uploaded is kept in its draft. */
	constructor(box) {
		this.box = box;
		this.coming = [];
		/** of what was chosen on this page, by its id: an address in this browser's memory */
		this.seen = {};
		this.list = customer_thread.made("ul", "ct-shelf");
		this.list.setAttribute("aria-label", __("Pictures and files"));
		this.chooser = customer_thread.made("input", "");
		Object.assign(this.chooser, { type: "file", multiple: true, hidden: true });
		this.clip = customer_thread.made_button("btn btn-sm btn-default ct-reply-clip", __("Attach"), () => this.chooser.click());
		this.clip.title = __("Add pictures or files");
		box.count.before(this.list);
		box.button.before(this.chooser, this.clip);
		this.listen();
		this.show();
	}

	listen() {
		this.chooser.addEventListener("change", () => {
			this.add([...this.chooser.files]);
			this.chooser.value = "";
		});
		const take = (event, { files, types }) => {
			// what is copied from a table is words, and a picture of them
			if (!files.length || types.includes("text/plain")) return;
			event.preventDefault();
			this.add([...files]);
		};
		this.box.text.addEventListener("paste", (event) => take(event, event.clipboardData));
		this.box.element.addEventListener("drop", (event) => take(event, event.dataTransfer));
		this.box.element.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
	}

	/** A note takes none along. */
	fit(is_note) {
		this.list.hidden = this.clip.hidden = is_note;
	}

	get is_busy() {
		return this.coming.length > 0;
	}

	/** Upload these, one after the other. */
	async add(files) {
		const room = MOST - this.box.draft.files.length - this.coming.length;
		this.box.problem.textContent = files.length > room ? __("At most {0} pictures and files go with one message.", [MOST]) : "";
		const taken = files.slice(0, Math.max(room, 0)).map((file) => ({ file, name: file.name, key: customer_thread.new_id(), part: 0 }));
		this.coming.push(...taken);
		await this.go_on();
	}

	/** Upload what waits for it. */
	async go_on() {
		this.show();
		if (this.is_going) return;
		this.is_going = true;
		for (let next; (next = this.coming.find(({ is_failed }) => !is_failed)); ) await this.upload(next);
		this.is_going = false;
	}

	async upload(one) {
		try {
			const { id, name, content_type } = await this.post(one);
			if (!one.is_removed) {
				if (PICTURES.includes(content_type)) this.seen[id] = URL.createObjectURL(one.file);
				this.box.draft.set({ files: [...this.box.draft.files, { id, name, content_type }] });
				this.box.note_upto();
			}
		} catch (error) {
			if (!one.is_removed) this.box.problem.textContent = `${one.name}: ${error.message}`;
			// what was refused is refused again
			one.is_failed = !error.is_refusal && !one.is_removed;
		}
		if (!one.is_failed) this.coming = this.coming.filter((other) => other !== one);
		this.show();
		this.box.ask_way();
	}

	/** Try once more what did not get through. */
	again(one) {
		Object.assign(one, { is_failed: false, part: 0 });
		this.box.problem.textContent = "";
		this.go_on();
		this.box.text.focus();
	}

	/** Return the answer; fetch does not tell how far it is. */
	async post(one) {
		const file = await lighter(one.file);
		return new Promise((resolve, reject) => {
			const request = (one.request = new XMLHttpRequest());
			const form = new FormData();
			form.append("thread", this.box.thread);
			form.append("client_id", one.key);
			form.append("file", file, one.name);
			let patience;
			const wait = (milliseconds) => {
				clearTimeout(patience);
				patience = setTimeout(() => request.abort(), milliseconds);
			};
			request.upload.addEventListener("load", () => wait(UNANSWERED));
			request.upload.addEventListener("progress", ({ loaded, total }) => {
				wait(loaded < total ? STALLED : UNANSWERED);
				one.part = total ? loaded / total : 0;
				if (one.bar) one.bar.value = one.part;
			});
			const fail = (words) => {
				const error = new Error(words || __("It could not be uploaded. Please try again."));
				reject(Object.assign(error, { is_refusal: [400, 404, 413].includes(request.status) }));
			};
			request.addEventListener("load", () => {
				const { message } = request.response || {};
				if (request.status === 200 && message) resolve(message);
				else fail(typeof message === "string" && message);
			});
			for (const kind of ["error", "abort"]) request.addEventListener(kind, () => fail());
			request.addEventListener("loadend", () => clearTimeout(patience));
			request.open("POST", `${AT}.upload`);
			request.responseType = "json";
			request.setRequestHeader("Accept", "application/json");
			request.setRequestHeader("X-Frappe-CSRF-Token", frappe.csrf_token);
			wait(STALLED);
			request.send(form);
		});
	}

	/** Let it not go along; the server forgets after a day what was not sent. */
	remove(one) {
		if (one.key) {
			one.is_removed = true;
			if (one.request && !one.is_failed) one.request.abort();
			else this.coming = this.coming.filter((other) => other !== one);
		} else {
			this.box.draft.set({ files: this.box.draft.files.filter(({ id }) => id !== one.id) });
		}
		this.show();
		this.box.ask_way();
		this.box.text.focus();
	}

	show() {
		const lines = [...this.box.draft.files, ...this.coming.filter((one) => !one.is_removed)].map((one) => this.line(one));
		this.list.replaceChildren(...lines);
		this.box.show();
	}

	line(one) {
		const line = customer_thread.made("li", "ct-shelf-line");
		if (PICTURES.includes(one.content_type)) {
			const picture = customer_thread.made("img", "ct-shelf-picture", line);
			picture.alt = one.name;
			picture.src = this.seen[one.id] || `${AT}.attachment?upload=${encodeURIComponent(one.id)}`;
		} else line.append(customer_thread.made_text("span", "ct-shelf-name small", one.name));
		if (one.is_failed) {
			const again = customer_thread.made_button("btn btn-xs btn-default", __("Try again"), () => this.again(one));
			again.setAttribute("aria-label", `${again.textContent}: ${one.name}`);
			line.append(again);
		} else if (one.key) {
			one.bar = customer_thread.made("progress", "ct-shelf-bar", line);
			Object.assign(one.bar, { max: 1, value: one.part });
			one.bar.setAttribute("aria-label", __("Uploading {0}", [one.name]));
		}
		const away = customer_thread.made_button("btn btn-xs btn-default ct-shelf-away", "×", () => this.remove(one));
		away.title = __("Remove {0}", [one.name]);
		away.setAttribute("aria-label", away.title);
		line.append(away);
		return line;
	}
}

/** Return a large photo as small as the server keeps it, so that a slow line has less to carry; all else as it is. */
async function lighter(file) {
	if (file.type !== "image/jpeg" || file.size < LARGE) return file;
	try {
		const picture = await createImageBitmap(file);
		const part = LONGEST / Math.max(picture.width, picture.height);
		if (part >= 1) return file;
		const [width, height] = [picture.width, picture.height].map((length) => Math.round(length * part));
		const canvas = Object.assign(document.createElement("canvas"), { width, height });
		canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
		const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
		return made && made.size < file.size ? made : file;
	} catch {
		// the server says what is wrong with it
		return file;
	}
}
