import { policies } from "../../../../policy-pack/index";
import { isPoliced } from "../../../scenarios/alterations/alteration";
import { isInputEdit } from "../../../scenarios/alterations/edit";
import { previewable } from "../../../scenarios/alterations/previewable";
import { SMOKE_SELECTION } from "../../../scenarios/alterations/smokeSelection";
import { alterations } from "../../../scenarios/alterations/table";

test("every rehearsal shows twelve policies at work, each of them known and previewable", () => {
  const shown = previewable(alterations, "dev").map(({ policy }) => policy.name);
  expect(SMOKE_SELECTION.filter((name) => shown.includes(name))).toEqual(SMOKE_SELECTION);
  expect(new Set(SMOKE_SELECTION).size).toBe(12);
  const names = policies.map(({ name }) => name);
  expect(SMOKE_SELECTION.filter((name) => !names.includes(name))).toEqual([]);
});

test("every policed alteration is previewable, unless it leaves out or duplicates a resource", () => {
  const all = [...previewable(alterations, "dev"), ...previewable(alterations, "prod")];
  const others = alterations.filter(isPoliced).filter((each) => !all.includes(each));
  expect(all.length).toBeGreaterThan(12);
  expect(all.filter(({ edits }) => !edits.every(isInputEdit))).toEqual([]);
  expect(others.filter(({ edits }) => edits.every(isInputEdit))).toEqual([]);
});
