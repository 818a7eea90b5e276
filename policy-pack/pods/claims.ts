import { fleetOf } from "../fleet/fleet";
import { type Kind, objectsOfKind } from "../fleet/kubernetesObject";
import { Names, Scopes } from "../fleet/scopes";
import { groupBy, type Resource, type Stack, type Value } from "../frame";

import { driverOfClass } from "./volumeDrivers";

const claims = objectsOfKind({ kind: "PersistentVolumeClaim", groups: [""] });
const VOLUME: Kind = { kind: "PersistentVolume", groups: [""] };
const CLASS: Kind = { kind: "StorageClass", groups: ["storage.k8s.io"] };

/** The claims of a stack, and which driver mounts the volume of each. */
export class Claims {
  private readonly stack: Stack;
  private readonly scopes: Scopes;
  private readonly claims: ReadonlyMap<string, Names>;
  private readonly volumes: ReadonlyMap<string, Names>;
  private readonly classes: ReadonlyMap<string, Names>;

  constructor(stack: Stack) {
    this.stack = stack;
    this.scopes = new Scopes(stack);
    const inScopes = [...this.scopes.group(claims)];
    this.claims = new Map(inScopes.map(([scope, objects]) => [scope, new Names(objects)]));
    this.volumes = this.inClusters(VOLUME);
    this.classes = this.inClusters(CLASS);
  }

  /** The driver of the claim that a pod names; undefined if this stack does not show it. */
  driverOf(pod: Resource, name: Value): string | undefined {
    const claim =
      name.text === undefined ? undefined : this.claims.get(this.scopes.of(pod))?.get(name);
    return claim && this.driverOfSpec(claim, claim.props.at("spec"));
  }

  /** The same for the spec of a claim, as a pod or a StatefulSet also contains. */
  driverOfSpec(object: Resource, spec: Value): string | undefined {
    const { key } = fleetOf(this.stack).memberOf(object);
    const named = (names: Names | undefined, name: Value) => {
      return name.text === undefined ? undefined : names?.get(name);
    };
    const volume = named(this.volumes.get(key), spec.at("volumeName"));
    const storageClass = named(this.classes.get(key), spec.at("storageClassName"));
    return (
      volume?.props.at("spec", "csi", "driver").text ??
      storageClass?.props.at("provisioner").text ??
      driverOfClass(spec.at("storageClassName"))
    );
  }

  private inClusters(kind: Kind): ReadonlyMap<string, Names> {
    const objects = groupBy(this.stack.select(objectsOfKind(kind)), (object) => {
      return fleetOf(this.stack).memberOf(object).key;
    });
    return new Map([...objects].map(([key, all]) => [key, new Names(all)]));
  }
}
