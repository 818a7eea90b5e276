import { fleetOf, type PlacedProvider } from "../fleet/fleet";
import {
  advice,
  type Finding,
  groupBy,
  on,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

/** The address of a cluster's API server in a kubeconfig, which is YAML or JSON. */
const SERVER = /\bserver["']?\s*:\s*["']?(https?:\/\/[^\s"',}]+)/;

export const providerOfOneCluster = stackPolicy({
  name: "provider-of-one-cluster",
  description:
    "The kubeconfig and the clusterIdentifier of a Kubernetes provider are of one cluster.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Give each provider the kubeconfig and the identifier of the same cluster. Objects go to the " +
    "cluster of the kubeconfig, and a change of the identifier replaces all of them.",
  url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/",
  settings: {},

  *judge(stack) {
    const { providers } = fleetOf(stack);
    const agreed = new Set(providers.filter(agrees).map(({ reached }) => reached));
    const wrong = providers.filter((each) => !agrees(each));
    for (const { provider, reached, named } of wrong) {
      if (reached !== undefined && named !== undefined) {
        yield on(provider, mismatch(provider, reached, named, agreed.has(reached)));
      }
    }
    yield* sharedFindings(providers.filter((each) => !wrong.includes(each)));
  },
});

/** False only if its two values are of two clusters of this stack. */
function agrees({ reached, named }: PlacedProvider): boolean {
  return reached === undefined || named === undefined || reached === named;
}

/** If another provider is right about the reached cluster, the kubeconfig is the mistake. */
function mismatch(
  { props }: Resource,
  reached: Resource,
  named: Resource,
  isTaken: boolean,
): Finding {
  const [identifier, kubeconfig] = [props.at("clusterIdentifier"), props.at("kubeconfig")];
  return isTaken
    ? violation(
        kubeconfig,
        `is of cluster ${reached.name}, but clusterIdentifier names ${named.name}`,
        `set it to the kubeconfig of ${named.name}`,
      )
    : violation(
        identifier,
        `${identifier} names cluster ${named.name}, but the kubeconfig is of ${reached.name}`,
        `write the name of ${reached.name}`,
      );
}

function* sharedFindings(providers: readonly PlacedProvider[]): Generator<Finding> {
  const identified = providers.filter(({ provider }) => identifierOf(provider) !== undefined);
  for (const [first, ...others] of groupBy(identified, placeOf).values()) {
    for (const { provider } of others) {
      const known = first?.provider;
      if (known !== undefined && identifierOf(known) !== identifierOf(provider)) {
        const identifier = provider.props.at("clusterIdentifier");
        const problem = `${identifier} is of the cluster that ${known.name} calls ${known.props.at("clusterIdentifier")}`;
        const fix = "write one identifier for a cluster, or give it the kubeconfig of its own";
        yield on(provider, violation(identifier, problem, fix));
      }
    }
  }
  for (const [first, ...others] of groupBy(identified, ({ provider }) =>
    identifierOf(provider),
  ).values()) {
    for (const other of others) {
      yield* first === undefined ? [] : sameNameFindings(first, other);
    }
  }
}

function* sameNameFindings(first: PlacedProvider, other: PlacedProvider): Generator<Finding> {
  const identifier = other.provider.props.at("clusterIdentifier");
  const [one, two] = [first.reached, other.reached];
  const [server, second] = [serverOf(first.provider), serverOf(other.provider)];
  const problem = `${identifier} is the identifier of ${first.provider.name} too`;
  if (one !== undefined && two !== undefined && one !== two) {
    const where = `${problem}, whose kubeconfig is of cluster ${one.name}, and this one of ${two.name}`;
    yield on(other.provider, violation(identifier, where, `write the name of ${two.name}`));
  } else if (one === undefined && two === undefined && server !== second && server && second) {
    const where = `${problem}, whose kubeconfig has another server, ${server}`;
    yield on(other.provider, advice(identifier, where, "check that both are of one cluster"));
  }
}

/** The same for two providers only if their kubeconfigs are certainly of one cluster. */
function placeOf({ provider, reached }: PlacedProvider): string {
  return reached?.urn ?? serverOf(provider) ?? provider.urn;
}

function serverOf({ props }: Resource): string | undefined {
  return SERVER.exec(props.at("kubeconfig").text ?? "")?.[1];
}

function identifierOf({ props }: Resource): string | undefined {
  return props.at("clusterIdentifier").text;
}
