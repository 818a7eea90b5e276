import * as fs from "node:fs";
import * as path from "node:path";

import { type Change, update } from "../../../scenarios/changes/change";
import { changeRow, changesDocs } from "../../../scenarios/changes/document";

test("docs/changes.md is what the table says; `make docs` writes it anew", () => {
  const page = path.resolve(__dirname, "../../../../docs/changes.md");
  expect(fs.readFileSync(page, "utf8")).toBe(changesDocs());
});

test("a cell of the table breaks no column", () => {
  const rows = changesDocs()
    .split("\n")
    .filter((line) => line.startsWith("|"));
  const columns = new Set(rows.map((row) => row.split(" | ").length));
  expect([...columns].sort()).toEqual([3, 6]);
});

describe("what hurts", () => {
  const ROW = { name: "x", keys: ["a.b", "c.*"], settings: {}, steps: [], effect: "none" };
  const cells = (change: Partial<Change>) => {
    const [what, , , , hurts] = changeRow({ ...ROW, ...change });
    return [what, hurts];
  };
  const SERVER = "kubernetes:apps/v1:Deployment::<cluster>";

  test.each<[string, Partial<Change>, string]>([
    ["nothing", {}, ""],
    ["a gap", { interrupts: true }, "no region serves for a while"],
    ["a pause", { pausesRegion: true }, "a region does not serve for a while"],
    [
      "an object that goes first",
      { deletesFirst: ["kubernetes:core/v1:Secret::<cluster>-hf-token"] },
      "gone before the successor is made: Secret `<cluster>-hf-token`",
    ],
    [
      "pods of all regions",
      {
        steps: [
          update(SERVER, "spec.template.spec.nodeSelector"),
          update(`${SERVER}-epp`, "spec.template.*"),
        ],
      },
      "all regions at once: model servers are replaced<br>all regions at once: endpoint pickers are replaced",
    ],
    [
      "pods of one region",
      { clusters: ["gke-east"], steps: [update(SERVER, "spec.template.*")] },
      "",
    ],
    ["a number of pods", { steps: [update(SERVER, "spec.replicas")] }, ""],
  ])("%s", (_, change, hurts) => {
    expect(cells(change)).toEqual(["`a.b`, `c`", hurts]);
  });
});
