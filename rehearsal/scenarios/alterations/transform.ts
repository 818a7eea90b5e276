import * as pulumi from "@pulumi/pulumi";

import { alteredInputs } from "./alter";
import { type EngineEdit, idOf, isInputEdit } from "./edit";
import { EDITS } from "./prelude";

/** What a transformation may change of one resource. */
type Args = Pick<pulumi.ResourceTransformationArgs, "props" | "opts">;

const edits = JSON.parse(process.env[EDITS] ?? "") as EngineEdit[];
/** The program's resources so far. */
const registered = new Map<string, pulumi.Resource>();

// Runs before the program, which does not know that it is altered.
pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
  const id = idOf({ type, name });
  registered.set(id, resource);
  const own = edits.filter(({ at }) => idOf(at) === id);
  return own.length === 0 ? undefined : own.reduce(altered, { props, opts });
});

function altered({ props, opts }: Args, edit: EngineEdit): Args {
  if (isInputEdit(edit)) return { props: alteredInputs(props as object, edit), opts };
  if ("reference" in edit) {
    const source = registered.get(idOf(edit.to)) as Record<string, unknown> | undefined;
    const to = source?.[edit.output];
    if (to === undefined) {
      throw new Error(`${idOf(edit.to)} is not registered yet, or has no output ${edit.output}`);
    }
    return { props: alteredInputs(props as object, { set: edit.reference, to }), opts };
  }
  if ("dependsOn" in edit) return { props, opts: { ...opts, dependsOn: edit.dependsOn } };
  const { customTimeouts } = opts as pulumi.CustomResourceOptions;
  const timeouts = { ...customTimeouts, ...edit.timeouts };
  return { props, opts: { ...opts, customTimeouts: timeouts } as pulumi.ResourceOptions };
}
