// Speaks to the Web Worker that reads: one file at a time. A worker that crashed or takes too long is ended; the next file
// gets a new one.

export class Failure extends Error {
  // "load", "time" or "crash".
  constructor(kind, message = "") {
    super(message);
    this.kind = kind;
  }
}

const start = (address) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(address, { type: "module" });
    const failed = (message) => {
      worker.terminate();
      reject(new Failure("load", message));
    };
    worker.onmessage = ({ data }) => (data.ready ? resolve(worker) : failed(data.unloaded));
    worker.onerror = (event) => {
      event.preventDefault();
      failed(event.message);
    };
  });

export class Reader {
  #address;
  #patience;
  #worker;
  #last = Promise.resolve();

  // The address of worker.js, and how long one file may take, in milliseconds.
  constructor(address, patience) {
    this.#address = address;
    this.#patience = patience;
  }

  // Loads the module, so that the first file need not wait for it.
  warm() {
    this.#worker ??= start(this.#address);
    const worker = this.#worker;
    worker.catch(() => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }

  // What is found in a file, once those before it are done; the buffer of `bytes` is given away.
  read(name, bytes) {
    const turn = this.#last.then(() => this.#one(name, bytes));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #one(name, bytes) {
    const worker = await this.warm();
    return new Promise((resolve, reject) => {
      const fail = (kind, message) => {
        clearTimeout(timer);
        worker.terminate();
        this.#worker = undefined;
        reject(new Failure(kind, message));
      };
      const timer = setTimeout(() => fail("time"), this.#patience);
      worker.onerror = (event) => {
        event.preventDefault();
        fail("crash", event.message);
      };
      worker.onmessage = ({ data }) => {
        if (data.answer === undefined) return fail("crash", data.crashed);
        clearTimeout(timer);
        resolve(JSON.parse(data.answer));
      };
      worker.postMessage({ name, bytes }, bytes ? [bytes.buffer] : []);
    });
  }
}
