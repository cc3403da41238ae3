// 搜索的起点: all that every page loads of search. The rest comes when the reader reaches for the field (hovers it, moves
// the focus to it, or presses “/”), or has followed a result here.
//
// start.js     waits for the reader
// box.js       the field in the head of a page, with its results below
// page.js      the search page, with filters, and the query in its address
// view.js      answers as a list: asks, shows, tells what went wrong
// results.js   draws one result;  tasks.js one task
// filters.js   the counts that narrow a search
// typing.js    when a reader has typed something to search for;  keys.js moves through results
// names.js     what a query names: organs, deputies, replies, topics, instruments;  plain.js conditions in plain words
// explorer/    the tasks of the whole site, narrowed
// tr.js        the texts of the interface;  labels.js those of kinds and parts by their keys
// reader/      a document of the reader's own, read in this browser
// client.js    speaks to the Web Worker of engine/;  dom.js makes elements;  save.js hands files over
// highlight.js marks what was searched for on the page that a result leads to
(() => {
  "use strict";

  const address = new URLSearchParams(location.search);
  const served = location.protocol !== "file:";

  if (served && address.has("mark") && document.getElementById("zk-text")) {
    import("./highlight.js").then(({ highlight }) => highlight(address.getAll("mark")));
  }

  const form = document.querySelector("form[data-search]");
  if (!form) return;
  const input = form.elements.q;
  const onPage = form.dataset.search === "page";

  // A page that was opened from a folder may not load the rest; the search page says what to do.
  if (!served) {
    for (const note of document.querySelectorAll("[data-unserved]")) note.hidden = false;
    return;
  }

  // What the reader does, also before the rest is here: whether an input method is at work, and where the focus was
  // when “/” was pressed.
  const reader = { composing: false, before: undefined };
  let reached;
  const reach = () => {
    reached ??= import(onPage ? "./page.js" : "./box.js").then(
      ({ attach }) => attach(form, reader),
      () => {
        reached = undefined;
        for (const note of document.querySelectorAll("[data-unloaded]")) note.hidden = false;
      },
    );
  };
  form.addEventListener("focusin", reach);
  form.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse" && !navigator.connection?.saveData) reach();
  });
  form.addEventListener("compositionstart", () => (reader.composing = true), { capture: true });
  form.addEventListener("compositionend", () => (reader.composing = false), { capture: true });
  form.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && !form.contains(to)) form.classList.remove("afloat");
  });
  if (onPage && location.search.length > 1) reach();
  // /?q=0097 and /#0097: a query or the number of a proposal in the address of any page.
  const root = new URL(form.dataset.root, document.baseURI);
  const mark = /^#\d{1,5}$/.test(location.hash) && !document.getElementById(location.hash.slice(1)) ? location.hash.slice(1) : "";
  const asked = address.get("q") || mark;
  if (!onPage && asked && !document.querySelector("[data-explorer]")) {
    import("./names.js")
      .then(({ replyOf }) => replyOf(asked, root))
      .then((reply) => {
        if (reply) return location.replace(reply);
        input.value = asked;
        form.classList.add("asked");
        return reach();
      });
  }
  // No page has this address: those whose names are like it.
  if (form.hasAttribute("data-near")) {
    import("./names.js").then(async ({ near }) => {
      let last = location.pathname.split("/").pop().replace(/\.html$/, "");
      try {
        last = decodeURIComponent(last);
      } catch {
        // It stays as it is written.
      }
      const found = await near(last, root);
      const place = document.querySelector("[data-near-list]");
      place.hidden = found.length === 0;
      for (const [name, href] of found) {
        const link = document.createElement("a");
        link.href = href;
        link.textContent = name;
        if (document.documentElement.lang !== "zh-CN") link.lang = "zh-CN";
        const item = document.createElement("li");
        item.append(link);
        place.querySelector("ul").append(item);
      }
    });
  }
  if (document.activeElement === input) reach();

  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    reader.before = document.activeElement;
    // Out of sight, the field comes to where the reader is.
    if (!onPage) form.classList.toggle("afloat", form.getBoundingClientRect().top < 0);
    input.focus({ preventScroll: !onPage });
    input.select();
  });
})();
