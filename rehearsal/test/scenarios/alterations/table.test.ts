import { synthesize } from "../../../../test/support/program";
import type { Registration } from "../../../stage/registrations";
import { alteredStack } from "../../../scenarios/alterations/alter";
import type { ExpectedFailure } from "../../../scenarios/alterations/alteration";
import { idOf } from "../../../scenarios/alterations/edit";
import { alterations } from "../../../scenarios/alterations/table";

test("each alteration has a name of its own, and somebody who must notice it", () => {
  expect(new Set(alterations.map(({ name }) => name)).size).toBe(alterations.length);
  expect(alterations.filter(({ policy, cloud }) => !policy && !cloud)).toEqual([]);
});

/** Loads the SDK afresh once for each. */
const SYNTHESIS_MS = 60_000;
const drilled = alterations.flatMap(({ cloud, ...each }) => (cloud ? [{ ...each, cloud }] : []));

/** Programs that are drilled, by their settings: most drills have none. */
const programs = new Map<string, readonly Registration[]>();
beforeAll(async () => {
  for (const { cloud } of drilled) {
    const key = settingsOf(cloud);
    if (programs.has(key)) continue;
    const { registrations } = await synthesize("dev", { config: { ...cloud.settings } });
    programs.set(key, registrations);
  }
}, SYNTHESIS_MS);

test.each(drilled.map((each) => [each.name, each] as const))(
  "%s fits the program that is drilled",
  (_, { edits, cloud }) => {
    const registrations = programs.get(settingsOf(cloud)) ?? [];
    expect(alteredStack(registrations, edits)).toHaveLength(registrations.length);
    const ids = registrations.map(idOf);
    expect((cloud.edits ?? []).filter(({ at }) => !ids.includes(idOf(at)))).toEqual([]);
  },
);

function settingsOf({ settings = {} }: ExpectedFailure): string {
  return JSON.stringify(settings);
}
