import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { fakeGo } from "../support";
import { BUILDS, DOWNLOADS, Resolver } from "./support/resolver";

const resolver = Resolver.forEach();

test("an interrupted build leaves no process and no entry", async () => {
  const pid = path.join(resolver.sandbox.root, "pid");
  fakeGo(resolver.sandbox, { build: `echo half > "$out"; echo $$ > "${pid}"; /bin/sleep 60` });
  const stop = new AbortController();
  const resolving = resolver.resolve({ signal: stop.signal });
  while (!fs.existsSync(pid) || fs.readFileSync(pid, "utf8") === "") await sleep(10);
  expect(resolver.sandbox.cached().some((name) => name.startsWith(".partial"))).toBe(true);

  stop.abort(new Error("interrupted"));

  await expect(resolving).rejects.toThrow("interrupted");
  expect(fs.existsSync(`/proc/${resolver.sandbox.read("pid").trim()}`)).toBe(false);
  // The CRDs were there already.
  expect(resolver.sandbox.cached()).toHaveLength(DOWNLOADS);
  expect(resolver.sandbox.cached().every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
});

test("a rehearsal that waits for another takes what that one has built", async () => {
  fakeGo(resolver.sandbox);
  const both = await Promise.all([resolver.resolve(), resolver.resolve()]);
  expect(resolver.builds()).toHaveLength(BUILDS);
  const waited = both.map(({ said }) => said).find((said) => said.length === 1);
  expect(waited).toEqual([
    `Another rehearsal (process ${process.pid}) prepares the toolchain: waiting for it`,
  ]);
});
