import { clusterText, fleetOf, type Member } from "../fleet/fleet";
import { isPartial } from "../fleet/kubernetesObject";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { Claims } from "./claims";
import { containersOf, initContainersOf, podRunners, podTemplatesOf } from "./podSpec";
import { VOLUME_DRIVERS, type VolumeDriver } from "./volumeDrivers";

export const volumeDriverEnabled = stackPolicy({
  name: "volume-driver-enabled",
  description: "A driver of GKE that mounts volumes of pods is enabled in their cluster.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Enable the add-on in the cluster, such as addonsConfig.gcsFuseCsiDriverConfig for buckets or " +
    "secretManagerConfig for secrets, and annotate pods that mount buckets with " +
    'gke-gcsfuse/volumes: "true". Without either the pods wait in ContainerCreating.',
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/storage-overview",
  settings: {},

  *judge(stack) {
    const claims = new Claims(stack);
    for (const resource of stack.select(podRunners)) {
      const member = fleetOf(stack).memberOf(resource);
      for (const template of isPartial(resource) ? [] : podTemplatesOf(resource)) {
        for (const { at, driver } of mountsOf(resource, template, claims)) {
          yield* addOnFindings(resource, at, driver, member);
          yield* annotationFindings(resource, template, driver);
        }
      }
    }
  },
});

/** A volume that a driver of GKE mounts. */
interface Mount {
  /** What names the driver, or the claim. */
  readonly at: Value;
  readonly driver: VolumeDriver;
}

function mountsOf(resource: Resource, template: Value, claims: Claims): readonly Mount[] {
  const inPod = (template.at("spec", "volumes").items ?? []).flatMap((volume) => {
    const name = volume.at("persistentVolumeClaim", "claimName");
    const own = volume.at("ephemeral", "volumeClaimTemplate", "spec");
    const driver = volume.at("csi", "driver");
    return [
      { at: driver, name: driver.text },
      { at: name, name: claims.driverOf(resource, name) },
      { at: own.at("storageClassName"), name: claims.driverOfSpec(resource, own) },
    ];
  });
  const ofSet = resource.props.at("spec", "volumeClaimTemplates").items ?? [];
  const templates = ofSet.map((claim) => {
    const at = claim.at("spec", "storageClassName");
    return { at, name: claims.driverOfSpec(resource, claim.at("spec")) };
  });
  return [...inPod, ...templates].flatMap(({ at, name = "" }) => {
    const driver = Object.hasOwn(VOLUME_DRIVERS, name) ? VOLUME_DRIVERS[name] : undefined;
    return driver === undefined ? [] : [{ at, driver }];
  });
}

/** An Autopilot cluster has the drivers without a switch. */
function* addOnFindings(
  resource: Resource,
  at: Value,
  { addOn, title, isStandard = false }: VolumeDriver,
  member: Member,
): Generator<Finding> {
  const { cluster } = member;
  const autopilot = cluster?.props.at("enableAutopilot");
  if (cluster === undefined || autopilot?.raw === true || autopilot?.unknown === true) {
    return;
  }
  const enabled = cluster.props.at(...addOn);
  if (enabled.unknown) {
    yield on(cluster, pending(enabled));
  } else if (enabled.raw !== true && !(enabled.absent && isStandard)) {
    const given = enabled.absent ? "is not set" : `is ${enabled}`;
    const problem =
      `${at} needs the driver of ${title}, but ${enabled.path} of ${clusterText(member)} ${given}, ` +
      "so no pod starts";
    yield on(resource, violation(at, problem, "set that to true"));
  }
}

/** Without it GKE adds no sidecar, and the volume is never mounted. */
function* annotationFindings(
  resource: Resource,
  template: Value,
  { annotation, title }: VolumeDriver,
): Generator<Finding> {
  const names = [...initContainersOf(template), ...containersOf(template)].map((each) => {
    return each.at("name").text;
  });
  // Who writes the sidecar into the pod has it mount as well.
  if (annotation === undefined || names.includes("gke-gcsfuse-sidecar")) {
    return;
  }
  const value = template.at("metadata", "annotations", annotation);
  if (value.unknown) {
    yield on(resource, pending(value));
  } else if (!/^(?:true|t|1)$/i.test(value.text ?? "")) {
    const given = value.absent ? "is not set" : `is ${value}`;
    const problem = `${given}, so GKE adds no sidecar that mounts volumes of ${title}, and no pod starts`;
    yield on(resource, violation(value, problem, 'set it to "true"'));
  }
}
