import { JsonObject } from "../json";
import { Discovery, Method } from "./discovery";
import { Fault, faultsOf, withoutPaths } from "./values";

/** An answer as a version of an API gives it, and what no version would give. */
export interface Answer {
  body: JsonObject;
  /** One sentence each. A fault of ours: the emulated cloud says what Google's cannot say. */
  faults: string[];
}

/**
 * Holds an answer against the schema of its method. What only another version of the API knows is left out, as Google
 * leaves it out.
 */
export function checkAnswer(discovery: Discovery, method: Method, body: JsonObject): Answer {
  if (!method.response) {
    const isEmpty = Object.keys(body).length === 0;
    return { body, faults: isEmpty ? [] : [`${method.id}: has no answer, and got one`] };
  }
  const wrong = faultsIn(method, body);
  const unknown = wrong.filter(isUnknown);
  const strangers = unknown.length === 0 ? [] : strangersAmong(unknown, discovery, method, body);
  const faults = [...wrong.filter((fault) => !isUnknown(fault)), ...strangers];
  return {
    body: withoutPaths(
      body,
      unknown.map(({ path }) => path),
    ),
    faults: faults.map(
      ({ path, kind, value }) =>
        `${method.id} (${method.version}) answers ${path.join(".")}, ${
          kind === "unknown"
            ? "a field that it has not"
            : `whose ${kind} is wrong: ${JSON.stringify(value)}`
        }`,
    ),
  };
}

/** Unknown fields that no other version of the method has either. */
function strangersAmong(
  unknown: Fault[],
  discovery: Discovery,
  method: Method,
  body: JsonObject,
): Fault[] {
  const unknownElsewhere = discovery
    .versionsOf(method.id)
    .filter((other) => other !== method)
    .map((other) => new Set(faultsIn(other, body).filter(isUnknown).map(pathOf)));
  return unknown.filter((fault) => unknownElsewhere.every((paths) => paths.has(pathOf(fault))));
}

function isUnknown({ kind }: Fault): boolean {
  return kind === "unknown";
}

function pathOf({ path }: Fault): string {
  return path.join(".");
}

function faultsIn({ response = {}, schemas }: Method, body: JsonObject): Fault[] {
  return faultsOf(body, response, { schemas, lenient: false }).filter(
    ({ kind }) => kind !== "outputOnly",
  );
}
