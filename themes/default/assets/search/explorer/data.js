// What is known of the tasks: the index, which says what each can be narrowed by, and the tasks, fetched document by
// document from beside the pages.

// How many documents are fetched at the same time.
const SIDE_BY_SIDE = 6;

const KIND = 0;
const DOCUMENT = 1;
const DUE = 2;
const WHO = 3;
const TOPICS = 4;

// The file beside the page of a document, as src/address.rs names it.
const beside = (id) => `documents/${id.toLowerCase() === "index" ? "_index" : encodeURIComponent(id)}.json`;

// A task with all its fields in their order. The file leaves out what is absent, and what the document says already.
const whole = (task, document) => ({
  id: task.id.startsWith("#") ? document.id + task.id : task.id,
  kind: task.kind,
  document: document.id,
  number: document.number ?? null,
  url: task.url ?? (task.path ? `${document.url}#${task.path}` : document.url),
  path: task.path,
  title: task.title ?? null,
  text: task.text,
  lead: task.lead ?? [],
  support: task.support ?? [],
  joint: task.joint ?? [],
  implement: task.implement ?? [],
  actor: task.actor ?? [],
  open_ended: task.open_ended ?? false,
  annotation: task.annotation ?? null,
  modal: task.modal ?? null,
  due_text: task.due_text ?? null,
  due: task.due ?? null,
  due_edtf: task.due_edtf ?? null,
  due_inherited: task.due_inherited ?? false,
  indicators: task.indicators ?? [],
  organs: task.organs ?? {},
  responsible: task.responsible ?? [],
  sure: task.sure,
  progress: task.progress ?? [],
});

export class Tasks {
  #root;
  #parts = new Map();
  // The first row of each document.
  #first = new Map();

  constructor(index, root) {
    Object.assign(this, index);
    this.#root = root;
    this.rows.forEach((row, at) => this.#first.has(row[DOCUMENT]) || this.#first.set(row[DOCUMENT], at));
    // A name's organ under its name of today; a name without one stands for itself.
    this.called = this.names.map(([name, organ]) => (organ === null ? name : this.organs[organ][0]));
    this.within = this.documents.map(([, , , , region]) =>
      region === null ? [] : [region, ...this.regions[region][1]],
    );
  }

  get length() {
    return this.rows.length;
  }

  kind(row) {
    return this.kinds[this.rows[row][KIND]][0];
  }

  document(row) {
    return this.documents[this.rows[row][DOCUMENT]];
  }

  // The day by which it is due, "" where there is none.
  due(row) {
    return this.rows[row][DUE] || "";
  }

  // The regions of its document, from within outwards.
  regionsOf(row) {
    return this.within[this.rows[row][DOCUMENT]].map((region) => this.regions[region][0]);
  }

  topicsOf(row) {
    return this.rows[row][TOPICS].map((topic) => this.topics[topic]);
  }

  // Who plays a part: [role, printed name, name of today, address] of each.
  who(row) {
    const parties = [];
    const list = this.rows[row][WHO];
    for (let i = 0; i < list.length; i += 2) {
      const [name, organ] = this.names[list[i + 1]];
      parties.push([this.roles[list[i]][0], name, this.called[list[i + 1]], organ === null ? "" : this.organs[organ][1]]);
    }
    return parties;
  }

  // The task of a row where it is here already.
  here(row) {
    const document = this.rows[row][DOCUMENT];
    const part = this.#parts.get(document);
    return Array.isArray(part) ? part[row - this.#first.get(document)] : undefined;
  }

  // Fetches what is missing of `rows`; `progress` is told how much of it is here.
  async bring(rows, progress = () => {}) {
    const missing = [...new Set(rows.map((row) => this.rows[row][DOCUMENT]))].filter(
      (part) => !Array.isArray(this.#parts.get(part)),
    );
    let next = 0;
    let done = 0;
    const worker = async () => {
      while (next < missing.length) {
        await this.#fetch(missing[next++]);
        progress(++done / missing.length);
      }
    };
    await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, missing.length) }, worker));
  }

  async #fetch(part) {
    let coming = this.#parts.get(part);
    if (!coming) {
      coming = get(new URL(beside(this.documents[part][0]), this.#root)).then(({ document, obligations }) =>
        (obligations ?? []).map((task) => whole(task, document)),
      );
      this.#parts.set(part, coming);
    }
    try {
      this.#parts.set(part, await coming);
    } catch (error) {
      this.#parts.delete(part);
      throw error;
    }
  }
}

const get = async (address) => {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
};

export const load = async (address) => new Tasks(await get(address), new URL("../../", address));
