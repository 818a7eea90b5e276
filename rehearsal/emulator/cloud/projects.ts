import { projectNumber } from "./numericIds";
import { PROJECT } from "./kinds";
import { Store } from "./store";
import { Found } from "./wire/discovery";

/** Every legal id is a project: the cloud makes it when it is first named. */
export function makeProject(store: Store, id: string): void {
  const name = `projects/${id}`;
  if (!store.get(PROJECT, name)) store.put(PROJECT, name, { projectNumber: projectNumber(id) });
}

/** The id of a project by either of its names; an unknown number stays as it is. */
export function projectIdOf(store: Store, idOrNumber: string): string {
  if (!/^\d+$/.test(idOrNumber)) return idOrNumber;
  const found = store.list(PROJECT).find(({ body }) => body.projectNumber === idOrNumber);
  return found?.name.slice("projects/".length) ?? idOrNumber;
}

/** What a request means, with the project's id where its path has the number. */
export function byProjectId(store: Store, found: Found): Found {
  const [, named] = /^projects\/(\d+)(?:\/|$)/.exec(found.name) ?? [];
  if (named === undefined) return found;
  const id = projectIdOf(store, named);
  const rest = found.name.slice(`projects/${named}`.length);
  const params = Object.entries(found.params).map(
    ([key, value]) => [key, key === "project" && value === named ? id : value] as const,
  );
  return { ...found, name: `projects/${id}${rest}`, params: Object.fromEntries(params) };
}
