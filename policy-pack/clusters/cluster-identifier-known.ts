import { kubernetesProviders } from "../fleet/cloudTypes";
import {
  type Finding,
  reliability,
  resourcePolicy,
  type SettingSchema,
  type Value,
  violation,
} from "../frame";

/** Name of the provider that the engine makes for objects without one; it contains the version. */
const DEFAULT_PROVIDER = /^default(?:_\d+_\d+_\d+.*)?$/;

const allowDefault: SettingSchema<boolean> = {
  type: "boolean",
  default: false,
  description: "Whether objects may be in the cluster that the environment's kubeconfig names.",
};

export const clusterIdentifierKnown = resourcePolicy({
  name: "cluster-identifier-known",
  description:
    "Every Kubernetes provider names its cluster in plain text, and has the kubeconfig of it.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Make a kubernetes.Provider for each cluster, set its clusterIdentifier to a text that a " +
    "preview knows, for example the cluster's name and location from the configuration, and its " +
    "kubeconfig to that cluster's, and pass it to the objects there. Setting allowDefault lets a " +
    "stack use the default provider.",
  url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/",
  settings: { allowDefault },
  judges: kubernetesProviders,

  *judge({ name, props }, { allowDefault: defaultAllowed }) {
    const identifier = props.at("clusterIdentifier");
    const isDefault = DEFAULT_PROVIDER.test(name);
    const fix =
      "set it to a plain text, for example " +
      '"gke_<project>_<location>_<name>", made of values that the program knows';
    if (identifier.absent && isDefault) {
      if (!defaultAllowed) {
        const problem = "this is the default provider, of whichever cluster the environment names";
        const own =
          "make a kubernetes.Provider with a clusterIdentifier and pass it to the objects";
        yield violation(identifier, problem, own);
      }
    } else if (identifier.unknown) {
      // Not deferred to the update: the preview already plans to replace every object.
      const problem =
        "is not known in a preview, so each one replaces every object of the provider";
      yield violation(identifier, problem, fix);
    } else if (identifier.absent) {
      const problem = "is not set, so a changed endpoint replaces every object of the provider";
      yield violation(identifier, problem, fix);
    } else if (!identifier.text?.trim()) {
      yield violation(identifier, `${identifier} names no cluster`, fix);
    }
    if (!isDefault && props.at("renderYamlToDirectory").absent) {
      yield* kubeconfigFindings(props.at("kubeconfig"));
    }
  },
});

/** A provider without a kubeconfig uses that of kubectl, whatever its clusterIdentifier says. */
function* kubeconfigFindings(kubeconfig: Value): Generator<Finding> {
  if (kubeconfig.absent || kubeconfig.text?.trim() === "") {
    const problem =
      `is ${kubeconfig.absent ? "not set" : "empty"}, so the objects go to whichever cluster ` +
      "kubectl points at where Pulumi runs";
    yield violation(kubeconfig, problem, "set it to the kubeconfig of the provider's own cluster");
  }
}
