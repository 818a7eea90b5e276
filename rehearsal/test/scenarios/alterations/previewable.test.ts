import { policies } from "../../../../policy-pack/index";
import { breaks } from "../../../scenarios/alterations/breaks";
import { CHOSEN } from "../../../scenarios/alterations/chosen";
import { previewable } from "../../../scenarios/alterations/previewable";

test("every rehearsal shows twelve policies at work, that there are and that a program can break", () => {
  const shown = previewable(breaks, "dev").map(({ policy }) => policy);
  expect(CHOSEN.filter((name) => shown.includes(name))).toEqual(CHOSEN);
  expect(new Set(CHOSEN).size).toBe(12);
  const names = policies.map(({ name }) => name);
  expect(CHOSEN.filter((name) => !names.includes(name))).toEqual([]);
});

test("a resource that is left out or doubled is no preview's", () => {
  const kinds = [...previewable(breaks, "dev"), ...previewable(breaks, "prod")].map(
    ({ change }) => {
      return "drop" in change || "duplicate" in change;
    },
  );
  expect(kinds.length).toBeGreaterThan(12);
  expect(kinds).not.toContain(true);
});
