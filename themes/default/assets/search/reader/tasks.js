// The tasks of one file as the explorer's list draws them and its files save them: what ../explorer/data.js gives of the
// tasks of a site. Names stay as printed, for organs are known to a site only.

export class Found {
  #tasks;

  // `words` are the names of kinds, parts and states; `place` gives the address of a task: on this
  // page, or of its clause where a table leaves it.
  constructor({ meta, tasks }, name, words, place) {
    Object.assign(this, words);
    this.title = meta.title ?? name;
    this.base = null;
    // 出处 in a table is the file and the clause.
    this.root = name;
    this.regions = [];
    this.source = [name, meta.number ?? null, this.title, meta.date ?? null, null];
    this.#tasks = tasks.map((task, row) => ({ ...task, url: place(row), organs: {}, progress: [] }));
  }

  get length() {
    return this.#tasks.length;
  }

  here(row) {
    return this.#tasks[row];
  }

  kind(row) {
    return this.#tasks[row].kind;
  }

  due(row) {
    return this.#tasks[row].due ?? "";
  }

  document() {
    return this.source;
  }

  // [role, printed name, name of today, address] of each.
  who(row) {
    const task = this.#tasks[row];
    const parts = this.roles.filter(([role]) => role !== "responsible").map(([role]) => [role, task[role]]);
    const answering = task.responsible.map(({ name }) => name);
    return [...parts, ["responsible", answering]].flatMap(([role, names]) => names.map((name) => [role, name, name, ""]));
  }

  // They are all here.
  async bring() {}
}
