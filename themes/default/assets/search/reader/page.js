// Takes files in (dropped, chosen or pasted), has them read one after the other, and shows what was found in each. The
// files of an archive are taken in as if they had been unpacked before.

import { element } from "../dom.js";
import { tr, zh } from "../tr.js";
import { Reader } from "./client.js";
import { shown } from "./show.js";
import { files as unpacked, isArchive } from "./zip.js";

// How long one file may take, and how large it may be: what a browser holds with ease.
const PATIENCE = 60_000;
const MB = 1 << 20;
const LARGEST = 64;
// Files of an archive that are read.
const MOST = 100;

const FAILURES = {
  load: [tr("read.load_failed"), tr("read.load_help")],
  time: [tr("read.slow", { n: PATIENCE / 1000 }), tr("read.slow_help")],
  crash: [tr("read.crashed"), tr("read.crashed_help")],
};
const large = (size) => [tr("read.large", { size: Math.ceil(size / MB), most: LARGEST }), tr("read.large_help")];

export const attach = (place) => {
  const words = JSON.parse(place.dataset.words);
  const reader = new Reader(new URL(place.dataset.reader, document.baseURI), Number(place.dataset.patience) || PATIENCE);
  const form = place.querySelector("form");
  const input = form.elements.file;
  const text = form.elements.text;
  const status = place.querySelector("[data-reader-status]");
  const results = place.querySelector("[data-reader-results]");
  const counts = { waiting: 0, read: 0, refused: 0 };
  let last = 0;

  const tell = () => {
    const said = [];
    if (counts.read) said.push(tr("read.done", { n: counts.read }));
    if (counts.refused) said.push(tr("read.refused", { n: counts.refused }));
    if (counts.waiting) said.push(tr("read.waiting", { n: counts.waiting }));
    status.textContent = said.join(tr("list.comma"));
  };

  // `packed` is true of what comes from an archive, in which no further one is opened.
  const take = async (name, bytes, packed = false) => {
    const prefix = `zk-r${++last}`;
    const remove = () => {
      section.remove();
      input.focus();
    };
    const away = element("button", { type: "button", class: "step", onclick: remove, "aria-label": tr("read.remove_one", { name }) }, tr("read.remove"));
    const body = element("div", {}, element("h2", {}, name), element("p", { class: "note" }, tr("read.reading")));
    const section = element("section", { class: "reading", "aria-label": name, "data-reading": name, "aria-busy": "true" }, away, body);
    results.append(section);
    counts.waiting += 1;
    tell();
    let inside = [];
    // `lang` is that of the words where they are the reader's, which speaks Chinese.
    const refuse = ([reason, help], lang) => {
      counts.refused += 1;
      body.replaceChildren(
        element("h2", {}, name),
        element("div", { class: "failure", lang }, element("p", { "data-reason": true }, reason), element("p", { class: "note", "data-help": true }, help)),
      );
    };
    try {
      const held = await bytes();
      const archive = !packed && isArchive(held);
      if (archive) inside = unpacked(held, LARGEST * MB);
      const { found, refusal } = archive ? {} : await reader.read(name, held);
      if (archive && !inside.length) {
        refuse([tr("read.packed_none"), tr("read.packed_help")]);
      } else if (archive) {
        const said = tr("read.packed", { n: inside.length });
        const cut = inside.length > MOST ? tr("read.packed_cut", { most: MOST }) : "";
        body.replaceChildren(element("h2", {}, name), element("p", { class: "note", "data-packed": true }, said, cut));
      } else if (refusal) {
        refuse([refusal.reason, refusal.help], zh);
      } else {
        body.replaceChildren(...shown(found, name, prefix, words).filter(Boolean));
        counts.read += 1;
      }
    } catch (error) {
      refuse(error.reason ?? FAILURES[error.kind] ?? [tr("read.closed"), tr("read.closed_help", { why: error.message })]);
    }
    counts.waiting -= 1;
    section.removeAttribute("aria-busy");
    tell();
    // One is unpacked when the one before it has been read.
    for (const one of inside.slice(0, MOST)) await take(one.name, one.bytes, true);
  };

  const takeFiles = (files) => {
    for (const file of files) {
      take(file.name, async () => {
        if (file.size > LARGEST * MB) throw Object.assign(new Error(), { reason: large(file.size) });
        return new Uint8Array(await file.arrayBuffer());
      });
    }
  };
  const takeText = (words) => words.trim() && take(tr("read.pasted"), async () => new TextEncoder().encode(words));

  input.addEventListener("change", () => {
    takeFiles([...input.files]);
    // The same file may be chosen again.
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeText(text.value);
  });
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", event.type === "dragover");
    if (event.type === "drop") takeFiles([...event.dataTransfer.files]);
  };
  for (const name of ["dragover", "drop", "dragleave"]) addEventListener(name, over);
  addEventListener("paste", (event) => {
    if (event.target.closest?.("input, textarea")) return;
    const { files } = event.clipboardData;
    if (files.length) takeFiles([...files]);
    else takeText(event.clipboardData.getData("text/plain"));
  });
  form.hidden = false;
  reader.warm().catch(() => {
    place.querySelector("[data-reader-unloaded]").hidden = false;
  });
};
