import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { RunningStack } from "../../../scenarios/changes/runningStack";
import type { Sandbox } from "../../../stage/sandbox";
import { directoriesBelow } from "../../../stage/directories";

const EVENT = { resourcePreEvent: { metadata: { op: "same", urn: "u" } } };

describe("a running stack", () => {
  let scratch: string;
  beforeEach(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "running-stack-"));
    fs.mkdirSync(path.join(scratch, "checkout"));
    fs.mkdirSync(path.join(scratch, "state", "program"), { recursive: true });
    const file = "config:\n  inference-gateway:clusters: { a: { region: r }, b: { region: s } }\n";
    fs.writeFileSync(path.join(scratch, "checkout", "Pulumi.dev.yaml"), file);
  });
  afterEach(() => fs.rmSync(scratch, { recursive: true }));

  /** @param up what the engine does with the file for its events */
  function stack(up: (log: string) => Promise<string>, verify = () => Promise.resolve()) {
    const directories = directoriesBelow(
      path.join(scratch, "state"),
      path.join(scratch, "checkout"),
      "",
    );
    const engine = {
      up: (...flags: string[]) => up(flags[1] ?? ""),
      export: () =>
        Promise.resolve({
          deployment: {
            resources: [{ type: "t:m:T", urn: "urn:pulumi:dev::p::c:m:C$t:m:T::name" }],
          },
        }),
    };
    return new RunningStack({ directories, engine, verify } as unknown as Sandbox);
  }

  function written(log: string): string {
    fs.writeFileSync(log, `${JSON.stringify(EVENT)}\n`);
    return "";
  }

  test("has the clusters of its file, with every patch laid over it, and no patch of earlier", () => {
    const { configure, clusters } = bound(stack(() => Promise.resolve("")));
    configure([{ clusters: { c: { region: "t" } } }, { clusters: { a: null } }]);
    expect(clusters()).toEqual(["b", "c"]);
    configure([]);
    expect(clusters()).toEqual(["a", "b"]);
  });

  test("names its resources by type and name", async () => {
    expect(await stack(() => Promise.resolve("")).resources()).toEqual(["t:m:T::name"]);
  });

  test("tells what a command reported", async () => {
    const passing = stack((log) => Promise.resolve(written(log)));
    expect(await passing.run("up")).toEqual({ events: [EVENT], failure: undefined });
  });

  test("tells what a command that failed had reported before", async () => {
    const failing = stack((log) => {
      written(log);
      return Promise.reject(new Error("quota exceeded"));
    });
    expect(await failing.run("up")).toEqual({ events: [EVENT], failure: "quota exceeded" });
  });

  test("does not take the events of an earlier command for those of one that did not begin", async () => {
    let runs = 0;
    const once = stack((log) =>
      runs++ === 0 ? Promise.resolve(written(log)) : Promise.reject(new Error("no such stack")),
    );
    await once.run("up");
    await expect(once.run("up")).rejects.toThrow(new Error("no such stack"));
  });

  test("says what the verifier found", async () => {
    const serving = stack(() => Promise.resolve(""));
    expect(await serving.problems()).toEqual([]);
    const dark = stack(
      () => Promise.resolve(""),
      () => Promise.reject(new Error("no pod is ready")),
    );
    expect(await dark.problems()).toEqual(["no pod is ready"]);
  });
});

function bound(stack: RunningStack) {
  return {
    configure: (patches: Record<string, unknown>[]) => stack.configure(patches),
    clusters: () => stack.clusters(),
  };
}
