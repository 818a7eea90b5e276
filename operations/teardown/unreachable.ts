import { type Failure, nameOf } from "../support/engine";

/** The provider's words where it gets no answer from a cluster. */
const WORDS = "configured Kubernetes cluster is unreachable";

/** Whether an object could not be deleted because its cluster does not answer. */
export function isUnreachable({ messages }: Failure): boolean {
  return messages.some((said) => said.includes(WORDS));
}

/** The same command would fail again; the remedy depends on whether the cluster still exists. */
export function howToForget(stack: string, failures: Failure[]): string[] {
  const names = failures.map(({ urn }) => nameOf(urn)).sort();
  return [
    `${names.length} objects could not be deleted, because their cluster does not answer: ${names.join(", ")}.`,
    "If the cluster exists, repair the connection to it (network, credentials), then run:",
    `  make teardown STACK=${stack}`,
    "If the cluster was deleted, its objects are gone; have Pulumi forget them:",
    `  PULUMI_K8S_DELETE_UNREACHABLE=true make teardown STACK=${stack}`,
  ];
}
