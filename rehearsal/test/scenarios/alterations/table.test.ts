import { synthesize } from "../../../../test/support/program";
import { alteredStack } from "../../../scenarios/alterations/alter";
import { idOf } from "../../../scenarios/alterations/edit";
import { alterations } from "../../../scenarios/alterations/table";

test("each alteration has a name of its own, and somebody who must notice it", () => {
  expect(new Set(alterations.map(({ name }) => name)).size).toBe(alterations.length);
  expect(alterations.filter(({ policy, cloud }) => !policy && !cloud)).toEqual([]);
});

const drilled = alterations.flatMap(({ cloud, ...each }) => (cloud ? [{ ...each, cloud }] : []));

/** By settings: most drills have none. */
const programs = new Map<string, ReturnType<typeof synthesize>>();

test.each(drilled.map((each) => [each.name, each] as const))(
  "%s fits the program that is drilled",
  async (_, { edits, cloud }) => {
    const key = JSON.stringify(cloud.settings ?? {});
    const program = programs.get(key) ?? synthesize("dev", { config: { ...cloud.settings } });
    programs.set(key, program);
    const { registrations } = await program;
    expect(alteredStack(registrations, edits)).toHaveLength(registrations.length);
    const ids = registrations.map(idOf);
    expect((cloud.edits ?? []).filter(({ at }) => !ids.includes(idOf(at)))).toEqual([]);
  },
);
