import { isDeepStrictEqual } from "node:util";

import type { KubeObject } from "../../emulator/kube/objects";

import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

/** What the comparison of registered and stored fields has to report, even if the provider accepts it. */
export const fieldDrills: Drill[] = [{ name: "misspeltFields", run: misspeltFields }];

/** Groups of Kubernetes itself; those of its SIGs end in the same way and are custom resources. */
const BUILT_IN =
  /^(v1|(apps|autoscaling|policy|batch)\/v1|(rbac\.authorization|apiextensions)\.k8s\.io\/v1)$/;

/** The first field of each custom resource's spec once more, with a letter too many. */
async function misspeltFields(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  const kinds = new Set<string>();
  const said = await sandbox.lostFields((object) => {
    const [first] = Object.keys(object.spec ?? {});
    if (BUILT_IN.test(object.apiVersion) || first === undefined) return object;
    kinds.add(object.kind);
    return { ...object, spec: { ...(object.spec as object), [`${first}x`]: 1 } } as KubeObject;
  });
  if (kinds.size === 0) throw new Error("the stack has no custom resource");
  const told = [...kinds].filter((kind) => {
    const refused = new RegExp(
      `: ${kind} .*: strict validation: .*(field not declared in schema|unknown field)`,
    );
    return said.some((line) => refused.test(line));
  });
  if (isDeepStrictEqual(told, [...kinds])) return;
  throw new Error(
    `of ${[...kinds].join(", ")} only ${told.join(", ") || "none"} is reported:\n${said.join("\n")}`,
  );
}
