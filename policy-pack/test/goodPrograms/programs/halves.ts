import { asGenerated } from "../../fixtures/stack";
import type { Registered } from "../../support/policies";
import { without } from "../alter";
import { SITE } from "../parts/site";
import { cloudHalf, objectHalf, program } from "../program";

/** Providers whose kubeconfig is an output of another stack. */
const fromElsewhere = (resources: readonly Registered[]): Registered[] =>
  resources.map((each) => {
    return each.type.startsWith("pulumi:providers") ? { ...each, propertyDependencies: {} } : each;
  });

const front = /(?:Gateway|HTTPRoute|GCPBackendPolicy|HealthCheckPolicy)::/;

/** Programs in several stacks, each of which has a part. */
export const halves: readonly (readonly [string, readonly Registered[]])[] = [
  ["the objects alone", fromElsewhere(objectHalf())],
  ["the cloud alone", cloudHalf()],
  ["the clusters alone, in a network of another stack", without(cloudHalf(), /gcp:compute\//)],
  ["the network alone", cloudHalf().filter(({ type }) => type.includes("compute/"))],
  ["the fleet alone", cloudHalf().filter(({ type }) => /gkehub|projects/.test(type))],
  ["the objects of one cluster", fromElsewhere(without(objectHalf(), /::ord/))],
  [
    "the objects before the pools alone",
    fromElsewhere(objectHalf()).filter(
      (each) => front.test(`${each.type}::`) || each.type.startsWith("pulumi:"),
    ),
  ],
  ["the pools without what is before them", fromElsewhere(without(objectHalf(), front))],
  ["objects by classes generated from their CRDs", program().map(asGenerated)],
  ["an empty stack", []],
  [
    "one namespace",
    [program().find(({ name }) => name === `ams-namespace-${SITE.namespace}`)].flatMap(
      (each) => each ?? [],
    ),
  ],
];
