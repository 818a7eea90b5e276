import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { compareCharts } from "../../../scenarios/chart/compareCharts";
import { directoriesBelow } from "../../../stage/directories";
import type { Part, Toolchain } from "../../../toolchain";

describe("comparing with the Helm chart", () => {
  const state = fs.mkdtempSync(path.join(os.tmpdir(), "compare-charts-"));
  const directories = directoriesBelow(state, process.cwd(), path.join(state, "lib"));
  const job = path.join(state, "job-seen.json");
  afterAll(() => fs.rmSync(state, { recursive: true }));

  /** A comparer that finds this, whatever it is given, and notes what that is. */
  function comparer(problems: string[]): void {
    const result = { versions: ["v1.4.0", "v1.5.0"], sets: 2, objects: 36, problems };
    fs.mkdirSync(directories.library, { recursive: true });
    fs.writeFileSync(
      path.join(directories.library, "chart.cjs"),
      `require("node:fs").copyFileSync(process.argv[2], ${JSON.stringify(job)});` +
        `console.log(${JSON.stringify(JSON.stringify(result))})`,
    );
  }

  const part = (file: string): Part => ({ path: file, version: "", source: "cache", seconds: 0 });
  const toolchain = (versions: string[]) =>
    ({
      helm: part("/bin/helm"),
      inferenceExtensions: Object.fromEntries(versions.map((v) => [v, part(`/config/${v}`)])),
    }) as Toolchain;

  test("says what was compared: the versions that a stack may choose, and no other", async () => {
    comparer([]);
    expect(await compareCharts(directories, toolchain(["v1.1.0", "v1.4.0", "v1.5.0"]))).toBe(
      "v1.4.0, v1.5.0: 36 objects equal, 2 sets of values",
    );
    expect(JSON.parse(fs.readFileSync(job, "utf8"))).toEqual({
      helm: "/bin/helm",
      configs: { "v1.4.0": "/config/v1.4.0", "v1.5.0": "/config/v1.5.0" },
      scratch: path.join(state, "charts"),
    });
    expect(fs.existsSync(path.join(state, "charts"))).toBe(false);
  });

  test("fails with the differences, as many as one can read", async () => {
    comparer(Array.from({ length: 14 }, (_, i) => `difference ${i + 1}`));
    await expect(compareCharts(directories, toolchain(["v1.4.0", "v1.5.0"]))).rejects.toThrow(
      new Error(
        [
          "the program's objects are not the chart's:",
          ...Array.from({ length: 12 }, (_, i) => `  difference ${i + 1}`),
          "  and 2 more",
        ].join("\n"),
      ),
    );
  });

  test("a version that a stack may choose has to be there", async () => {
    comparer([]);
    await expect(compareCharts(directories, toolchain(["v1.5.0"]))).rejects.toThrow(
      new Error("the toolchain has no chart v1.4.0"),
    );
  });
});
