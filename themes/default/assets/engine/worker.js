// Answers queries in a Web Worker: new Worker(".../worker.js?index=ADDRESS", { type: "module" }), where ADDRESS is the
// folder of the index. Send { id, asks: [{ query, options, records }] }, receive { id, answers } or
// { id, error: { kind, message } }, where kind is "network", "gone" (the site is another by now) or "engine"; what a
// later message has overtaken is answered with { id, overtaken: true }. With `records` the answer is the records that a
// query asks for by one of their fields (牵头:市民政局), none where it does not.
import init, { Engine } from "./engine.js";

const base = new URL(new URL(self.location.href).searchParams.get("index"), self.location.href);

class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const fetched = async (name, cache = "default") => {
  let status;
  try {
    const response = await fetch(new URL(name, base), { cache });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    status = response.status;
  } catch (error) {
    throw new Failure("network", `${name}: ${error.message}`);
  }
  throw new Failure(status === 404 || status === 410 ? "gone" : "network", `${name}: ${status}`);
};

// index.json is the one name that does not change with what it holds, so it is asked for anew each time.
const bundle = async (cache) => {
  const { hot } = JSON.parse(new TextDecoder().decode(await fetched("index.json", cache)));
  return fetched(hot);
};

// The engine and the bundle at the same time.
const open = async () => {
  const newest = bundle("no-cache").catch((error) => {
    // A cache on the way may still give the index.json of an older site, whose bundle is gone.
    if (error.kind === "gone") return bundle("reload");
    throw error;
  });
  const [bytes] = await Promise.all([newest, init({ module_or_path: new URL("engine_bg.wasm", import.meta.url) })]);
  const engine = new Engine(bytes);
  const fields = JSON.parse(engine.schema()).filter(({ scope }) => scope === "record");
  return { engine, names: new Set(fields.flatMap(({ name, labels }) => [name, ...labels])) };
};

let opened = open();
// Whoever asks is told; before anybody does, nobody needs to be.
opened.catch(() => {});

// Chunks on their way, so that two queries do not fetch one twice.
const coming = new Map();
const bring = ({ engine }, name) => {
  if (!coming.has(name)) {
    const chunk = fetched(`chunks/${name}`).then((bytes) => engine.supply(name, bytes));
    coming.set(name, chunk.finally(() => coming.delete(name)));
  }
  return coming.get(name);
};

// What stands before a colon in a query.
const named = (query) =>
  [...query.matchAll(/([^\s:："“]+)[:：]/g)].map(([, name]) => name.replace(/^[-－]/, "").toLowerCase());

const answered = ({ engine, names }, { query, options = {}, records = false }) => {
  if (records && !named(query).some((name) => names.has(name))) return { results: [], total: 0, notices: [] };
  const asked = JSON.stringify(options);
  const answer = JSON.parse(records ? engine.records(query, asked) : engine.search(query, asked));
  if (answer.error) throw new Failure("engine", answer.error);
  return answer;
};

let latest = 0;

self.onmessage = async ({ data: { id, asks } }) => {
  latest = Math.max(latest, id);
  let renewed = false;
  try {
    for (;;) {
      const index = await opened;
      if (id < latest) return self.postMessage({ id, overtaken: true });
      const answers = asks.map((ask) => answered(index, ask));
      const missing = new Set(answers.flatMap((answer) => answer.missing ?? []));
      if (missing.size === 0) return self.postMessage({ id, answers });
      try {
        await Promise.all([...missing].map((name) => bring(index, name)));
      } catch (error) {
        // The site was built anew since the index was opened: once more, with the new one.
        if (error.kind !== "gone" || renewed) throw error;
        renewed = true;
        opened = open();
      }
    }
  } catch (error) {
    self.postMessage({ id, error: { kind: error.kind ?? "engine", message: String(error.message ?? error) } });
  }
};
