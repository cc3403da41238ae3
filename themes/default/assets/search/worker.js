// Answers queries in a Web Worker: new Worker(".../worker.js?index=ADDRESS", { type: "module" }), where ADDRESS is the
// folder of the index. Send { id, query, options, records }, receive { id, answer } or { id, error }; a query that a later
// one has overtaken is answered with { id, overtaken: true }.
import init, { Engine } from "./engine.js";

const base = new URL(new URL(self.location.href).searchParams.get("index"), self.location.href);

const fetched = async (name, kind) => {
  const response = await fetch(new URL(name, base));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return kind === "json" ? response.json() : new Uint8Array(await response.arrayBuffer());
};

// The engine and the bundle at the same time; index.json is the one name that does not change with what it holds.
const opened = (async () => {
  const bundle = fetched("index.json", "json").then(({ hot }) => fetched(hot));
  const [bytes] = await Promise.all([bundle, init({ module_or_path: new URL("engine_bg.wasm", import.meta.url) })]);
  return new Engine(bytes);
})();

// Chunks on their way, so that two queries do not fetch one twice.
const coming = new Map();
const bring = (engine, name) => {
  if (!coming.has(name)) {
    const chunk = fetched(`chunks/${name}`).then((bytes) => engine.supply(name, bytes));
    coming.set(name, chunk.finally(() => coming.delete(name)));
  }
  return coming.get(name);
};

let latest = 0;

self.onmessage = async ({ data: { id, query, options = {}, records = false } }) => {
  latest = Math.max(latest, id);
  try {
    const engine = await opened;
    for (;;) {
      if (id < latest) return self.postMessage({ id, overtaken: true });
      const asked = JSON.stringify(options);
      const answer = JSON.parse(records ? engine.records(query, asked) : engine.search(query, asked));
      if (answer.error) throw new Error(answer.error);
      if (!answer.missing) return self.postMessage({ id, answer });
      await Promise.all(answer.missing.map((name) => bring(engine, name)));
    }
  } catch (error) {
    self.postMessage({ id, error: String(error.message ?? error) });
  }
};
