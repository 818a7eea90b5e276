import { isMap, PropertyMap } from "../plugin";
import { Cluster } from "./cluster";
import { builtInIsNamespaced, groupOf, isCustomResourceDefinition } from "./kinds";

/** Which kinds live in a namespace: Kubernetes' own, those of CRDs in the same program, those the server knows. */
export class Scopes {
  private readonly defined = new Map<string, boolean>();

  constructor(private readonly cluster: Cluster) {}

  /** Remembers the kind that a CRD of the program will define. */
  remember(inputs: PropertyMap): void {
    const { apiVersion = "", kind = "", spec } = inputs;
    if (!isCustomResourceDefinition({ apiVersion, kind }) || !isMap(spec)) return;
    const { group, names, scope } = spec;
    if (typeof group !== "string" || typeof scope !== "string" || !isMap(names)) return;
    this.defined.set(`${group}/${String(names.kind)}`, scope === "Namespaced");
  }

  /** @returns undefined where nobody knows the kind yet */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean | undefined> {
    const known =
      builtInIsNamespaced(apiVersion, kind) ?? this.defined.get(`${groupOf(apiVersion)}/${kind}`);
    if (known !== undefined || this.cluster.unreachable !== undefined) return known;
    return (await this.cluster.client.resourceFor(apiVersion, kind))?.namespaced;
  }
}
