// 条款栏: where the reader is in a document, and the way on. The bar stands on every document page without scripts, with
// the document's title and number; here it gains the clause being read, the one before and after it, the contents, and
// the words by which people cite the clause.
(() => {
  "use strict";

  const tr = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  const bar = document.querySelector("[data-clause-bar]");
  const text = document.getElementById("zk-text");
  if (!bar || !text) return;
  const heading = document.querySelector(".doc-head h1");
  const now = bar.querySelector("[data-clause-now]");
  const [before, after] = ["before", "after"].map((name) => bar.querySelector(`[data-clause-${name}]`));
  const copy = bar.querySelector("[data-clause-copy]");
  const said = bar.querySelector("[data-clause-said]");
  const contents = document.querySelector(".toc");

  // Clauses in the order of the text. Anchors of the class zk lie inside a clause, as those of its tasks do.
  const clauses = [...text.querySelectorAll(":is(h2, h3, h4, h5, h6, p, tr)[id]:not(.zk, [id^='zk-'])")];

  // 三/（一） → 三（一）, as people write it and as the pages print it.
  const cited = (path) =>
    path.split("/").reduce((shown, part) => shown + (shown && !/^[（(]/.test(part) ? " " : "") + part, "");

  const link = (element, clause) => {
    element.hidden = !clause;
    if (!clause) return;
    element.href = `#${encodeURIComponent(clause.id)}`;
    element.title = cited(clause.id);
  };

  // The last clause whose first line has come to where a link brings it. Clauses stand below each other, so halving finds it.
  const reading = () => {
    const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
    let [low, high] = [0, clauses.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (clauses[middle].getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  let current;
  const entries = new Map();
  for (const entry of contents?.querySelectorAll("a[href^='#']") ?? []) {
    try {
      entries.set(decodeURIComponent(entry.hash.slice(1)), entry);
    } catch {
      // An address that no clause has.
    }
  }
  // The entry of a clause, else that of the one around it.
  const entryOf = (path) => {
    for (let part = path; part; part = part.slice(0, Math.max(0, part.lastIndexOf("/")))) {
      if (entries.has(part)) return entries.get(part);
    }
    return undefined;
  };

  const show = () => {
    bar.classList.toggle("on", heading.getBoundingClientRect().bottom < 0);
    const at = reading();
    if (at === current) return;
    current = at;
    const clause = clauses[at];
    now.textContent = clause ? cited(clause.id) : "";
    link(before, clauses[at - 1]);
    link(after, clauses[at + 1]);
    contents?.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const entry = clause && entryOf(clause.id);
    if (!entry) return;
    entry.setAttribute("aria-current", "location");
    for (let folded = entry.closest("details details"); folded; folded = folded.parentElement.closest("details details")) {
      folded.open = true;
    }
    const rail = entry.closest(".rail");
    if (rail && rail.scrollHeight > rail.clientHeight + 1) {
      const { top, bottom } = entry.getBoundingClientRect();
      const seen = rail.getBoundingClientRect();
      if (top < seen.top || bottom > seen.bottom) rail.scrollTop += (top + bottom - seen.top - seen.bottom) / 2;
    }
  };
  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      show();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  addEventListener("hashchange", soon);
  show();

  // On a phone the contents lie above the text: they come to the reader, who goes on from there.
  const sheet = bar.querySelector("[data-clause-contents]");
  if (contents && sheet && typeof HTMLDialogElement === "function") {
    const dialog = document.createElement("dialog");
    dialog.className = "contents-sheet";
    dialog.setAttribute("aria-label", tr("document.contents"));
    const close = document.createElement("button");
    close.type = "button";
    close.className = "plain-button";
    close.textContent = tr("document.close");
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    sheet.addEventListener("click", (event) => {
      event.preventDefault();
      const list = contents.querySelector("ol").cloneNode(true);
      dialog.replaceChildren(close, list);
      list.addEventListener("click", ({ target }) => target.closest("a") && dialog.close());
      dialog.showModal();
      const here = list.querySelector("[aria-current]");
      here?.scrollIntoView({ block: "center" });
      here?.focus({ preventScroll: true });
    });
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  }

  // Pages that are not served over HTTPS have no clipboard of their own.
  const put = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = words;
      field.className = "unseen";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      copy.focus({ preventScroll: true });
      return done;
    }
  };
  let clearing;
  copy.addEventListener("click", async () => {
    const { title, number } = bar.dataset;
    // A citation is Chinese, whatever the page is.
    const words = `《${title}》${number ? `（${number}）` : ""}${clauses[current] ? cited(clauses[current].id) : ""}`;
    said.textContent = (await put(words)) ? tr("document.copied", { words }) : tr("document.copy_by_hand", { words });
    clearTimeout(clearing);
    clearing = setTimeout(() => (said.textContent = ""), 4000);
  });
})();
