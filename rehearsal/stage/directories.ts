import * as path from "node:path";

/** Where the rehearsal keeps its things: all below one directory, which `make clean` removes. */
export interface Directories {
  /** The checkout whose program is rehearsed. Never written to. */
  checkout: string;
  state: string;
  /** Bundled entry points. */
  library: string;
  /** Commands that the engine, the program's kubeconfig and hands find on PATH. */
  bin: string;
  /** The program as the engine runs it: links into the checkout, and stack files with a token laid over them. */
  program: string;
  /** The policy pack as it is published: built, without its sources. */
  policyPack: string;
  /** The engine's home and its stacks. */
  engine: string;
  /** The emulated cloud's data. */
  cloud: string;
  /** Temporary files of the engine's helpers, which leave them behind; shared by all that share a library. */
  temporary: string;
}

/** @throws where the rehearsal was not started by `start.mjs` */
export function directoriesFromEnv(env = process.env): Directories {
  const { REHEARSAL_STATE: state, REHEARSAL_CHECKOUT: checkout } = env;
  if (!state || !checkout) throw new Error("start the rehearsal with `make rehearse`");
  return directoriesBelow(state, checkout, path.join(state, "lib"));
}

export function directoriesBelow(state: string, checkout: string, library: string): Directories {
  return {
    checkout,
    state,
    library,
    bin: path.join(state, "bin"),
    program: path.join(state, "program"),
    policyPack: path.join(state, "policy-pack"),
    engine: path.join(state, "engine"),
    cloud: path.join(state, "cloud"),
    temporary: path.join(path.dirname(library), "tmp"),
  };
}
