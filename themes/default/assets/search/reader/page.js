// Takes files in (dropped, chosen or pasted), has them read one after the other, and shows what was found in each.

import { element } from "../dom.js";
import { Reader } from "./client.js";
import { shown } from "./show.js";

// How long one file may take, and how large it may be: what a browser holds with ease.
const PATIENCE = 60_000;
const MB = 1 << 20;
const LARGEST = 64;

const FAILURES = {
  load: ["读公文的程序没有加载成功", "请检查网络后刷新页面"],
  time: [`读了 ${PATIENCE / 1000} 秒还没有读完，停下了`, "在终端里用 zhengku import 读这个文件"],
  crash: ["读这个文件时程序出错，没有读成", "这是政库的缺陷；请把这个文件和这段话一起报告"],
};
const large = (size) => [
  `文件太大：${Math.ceil(size / MB)} MB，这里最多读 ${LARGEST} MB`,
  "公文很少这么大；扫描件先用文字识别（OCR）软件转成文字，再放进来",
];

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
    if (counts.read) said.push(`读完 ${counts.read} 份`);
    if (counts.refused) said.push(`没有读 ${counts.refused} 份`);
    if (counts.waiting) said.push(`正在读，还有 ${counts.waiting} 份`);
    status.textContent = said.join("，");
  };

  const take = async (name, bytes) => {
    const prefix = `zk-r${++last}`;
    const remove = () => {
      section.remove();
      input.focus();
    };
    const away = element("button", { type: "button", class: "step", onclick: remove, "aria-label": `移除 ${name}` }, "移除");
    const body = element("div", {}, element("h2", {}, name), element("p", { class: "note" }, "正在读……"));
    const section = element("section", { class: "reading", "aria-label": name, "data-reading": name, "aria-busy": "true" }, away, body);
    results.append(section);
    counts.waiting += 1;
    tell();
    const refuse = ([reason, help]) => {
      counts.refused += 1;
      body.replaceChildren(
        element("h2", {}, name),
        element("div", { class: "failure" }, element("p", { "data-reason": true }, reason), element("p", { class: "note", "data-help": true }, help)),
      );
    };
    try {
      const held = await bytes();
      const { found, refusal } = await reader.read(name, held);
      if (refusal) {
        refuse([refusal.reason, refusal.help]);
      } else {
        body.replaceChildren(...shown(found, name, prefix, words).filter(Boolean));
        counts.read += 1;
      }
    } catch (error) {
      refuse(error.reason ?? FAILURES[error.kind] ?? ["这个文件打不开", `检查文件是不是还在原处（${error.message}）`]);
    }
    counts.waiting -= 1;
    section.removeAttribute("aria-busy");
    tell();
  };

  const takeFiles = (files) => {
    for (const file of files) {
      take(file.name, async () => {
        if (file.size > LARGEST * MB) throw Object.assign(new Error(), { reason: large(file.size) });
        return new Uint8Array(await file.arrayBuffer());
      });
    }
  };
  const takeText = (words) => words.trim() && take("粘贴的文字.txt", async () => new TextEncoder().encode(words));

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
