// Speaks to the Web Worker that holds the engine. After a failure the next question starts a new one, so that trying
// again is asking again.

class Client {
  #address;
  #worker;
  #last = 0;
  #waiting = new Map();

  // The addresses of worker.js and of the folder of the index.
  constructor(worker, index) {
    this.#address = new URL(worker);
    this.#address.searchParams.set("index", index);
  }

  // Begins to load the engine and the index.
  warm() {
    if (this.#worker) return;
    const worker = new Worker(this.#address, { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail({ kind: "worker", message: event.message ?? "" });
    };
  }

  // Answers to several questions at once; undefined when a later call has overtaken this one.
  ask(asks) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      try {
        this.warm();
        this.#worker.postMessage({ id, asks });
      } catch (error) {
        this.#fail({ kind: "worker", message: error.message });
      }
    });
  }

  #receive({ id, answers, error, overtaken }) {
    if (error) return this.#fail(error);
    this.#waiting.get(id)?.resolve(overtaken ? undefined : answers);
    this.#waiting.delete(id);
  }

  #fail(error) {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

// The client for the site that a search form belongs to, and the address of that site.
export const connect = (form) => {
  const { root, index, engine } = form.dataset;
  const absolute = (address) => new URL(address, document.baseURI);
  return { client: new Client(absolute(engine), new URL(".", absolute(index))), root: new URL(".", absolute(root)) };
};
