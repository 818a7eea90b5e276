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
  const unknown = wrong.filter(({ kind }) => kind === "unknown");
  const elsewhere = discovery.versionsOf(method.id).filter((other) => other !== method);
  const strangers = unknown.filter(({ path }) => {
    const at = path.join(".");
    return !elsewhere.some((other) =>
      faultsIn(other, body).every(
        (fault) => fault.kind !== "unknown" || fault.path.join(".") !== at,
      ),
    );
  });
  const faults = [...wrong.filter(({ kind }) => kind !== "unknown"), ...strangers];
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

function faultsIn({ response = {}, schemas }: Method, body: JsonObject): Fault[] {
  return faultsOf(body, response, { schemas, lenient: false }).filter(
    ({ kind }) => kind !== "outputOnly",
  );
}
