// 引用预览: what a reference leads to, shown where the pointer or the focus rests on it: the document, its number, its day,
// whether it holds, and the first words of the clause. It is read from the page that the link leads to, when asked for,
// and from this one where that is the page.
(() => {
  "use strict";

  if (location.protocol === "file:") return;
  const LINKS = "#zk-text a.cite, #zk-text a.ref, .citations a";
  const WORDS = 90;
  const tr = (text) => text;
  const GAP = tr("list.gap");

  const card = document.createElement("div");
  card.className = "preview";
  card.id = "zk-preview";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  // Nearly all of it are words of documents.
  if (document.documentElement.lang !== "zh-CN") card.lang = "zh-CN";
  document.body.append(card);

  const pages = new Map();
  const page = (address) => {
    if (address === location.origin + location.pathname) return Promise.resolve(document);
    if (!pages.has(address)) {
      const read = async () => {
        const response = await fetch(address);
        if (!response.ok) throw new Error(response.status);
        return new DOMParser().parseFromString(await response.text(), "text/html");
      };
      pages.set(address, read());
      pages.get(address).catch(() => pages.delete(address));
    }
    return pages.get(address);
  };

  // The words of an element without what the page adds to the document.
  const words = (element) => {
    if (!element) return "";
    const copy = element.cloneNode(true);
    for (const added of copy.querySelectorAll(".zk, .past-word")) added.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const beginning = (text) => {
    const characters = [...text];
    return characters.slice(0, WORDS).join("") + (characters.length > WORDS ? "…" : "");
  };

  // A heading says little without the paragraph below it.
  const clause = (from, id) => {
    const at = from.getElementById(id);
    if (!at) return "";
    const below = /^H[2-6]$/.test(at.tagName) && at.nextElementSibling?.tagName === "P" ? words(at.nextElementSibling) : "";
    return [words(at), below].filter(Boolean).join(" ");
  };
  const opening = (from) => [...from.querySelectorAll("#zk-text > p")].map(words).find((text) => text.includes("。")) ?? "";

  const line = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const told = (from, id) => {
    const lines = [line("b", words(from.querySelector("h1")))];
    const add = (text, name) => {
      if (!text) return;
      lines.push(line("p", text));
      if (name) lines.at(-1).className = name;
    };
    add([...from.querySelectorAll(".doc-head .meta > :not(.past-word)")].map(words).filter(Boolean).join(GAP), "note");
    for (const notice of from.querySelectorAll("main .notice")) add(words(notice), "note");
    if (from.getElementById("zk-text")) {
      add(beginning(id ? clause(from, id) : opening(from)));
    } else {
      add([...from.querySelectorAll(".facts-table tr:not(:first-child) td")].map(words).join(GAP), "note");
      add(words(from.querySelector("[data-not-held]")));
    }
    return lines;
  };

  let shown;
  let waiting;
  const hide = () => {
    clearTimeout(waiting);
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    card.hidden = true;
  };
  const show = async (link) => {
    const url = new URL(link.href);
    let id;
    let from;
    shown?.removeAttribute("aria-describedby");
    shown = link;
    try {
      id = decodeURIComponent(url.hash.slice(1));
      from = await page(url.origin + url.pathname);
    } catch {
      return;
    }
    if (shown !== link) return;
    card.replaceChildren(...told(from, id));
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    const at = link.getClientRects()[0];
    if (!at) return hide();
    const { width, height } = card.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    const above = at.bottom + height + 8 > innerHeight && at.top > height + 8;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(above ? at.top - height - 4 : at.bottom + 4) + scrollY}px`;
  };
  const later = (act, wait) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, wait);
  };

  // The pointer may go over to the card; Escape takes it away.
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = event.target.closest(LINKS);
    if (link) return link === shown && !card.hidden ? clearTimeout(waiting) : later(() => show(link), 250);
    if (card.contains(event.target)) return clearTimeout(waiting);
    later(hide, 250);
  });
  document.addEventListener("focusin", ({ target }) => {
    const link = target.closest(LINKS);
    if (link) show(link);
    else hide();
  });
  document.addEventListener("focusout", () => later(hide, 100));
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
})();
