import type { Command } from "./schedule";

/**
 * Google's how-to, "Set up the GKE multi-cluster Inference Gateway", as it is written: its commands in its order, less
 * those that take no time. Each begins when the one before it returns, and all are assumed to work. Its `--async`
 * hardly helps: the node pool that the next command asks for is refused until the cluster is up.
 */
export function howToCommands(west: string, east: string): Command[] {
  const both = [west, east];
  return [
    done("gcloud services enable", "enable the APIs"),
    ...both.flatMap((cluster) => [
      begun("gcloud container clusters create --async", `cluster ${cluster}`),
      begun("gcloud container node-pools create --async", `GPU nodes of ${cluster}`),
    ]),
    ...both.map((cluster) =>
      done("gcloud container fleet memberships register", `membership of ${cluster}`),
    ),
    // Enables multi-cluster service discovery by itself.
    done("gcloud container fleet ingress enable", "discovery feature", "ingress feature"),
    ...both.map((cluster) =>
      done("gcloud compute networks subnets create", `proxy-only subnet of ${cluster}`),
    ),
    ...both.map((cluster) =>
      noted("kubectl apply -f gpu-deployment.yaml", `model server of ${cluster}`),
    ),
    noted("kubectl annotate inferencepool", "import of the pool"),
    noted("kubectl apply -f mcig.yaml", "gateway", "route"),
  ];
}

function done(line: string, ...begins: string[]): Command {
  return { line, begins, returns: "when done" };
}

function begun(line: string, ...begins: string[]): Command {
  return { line, begins, returns: "when begun" };
}

function noted(line: string, ...begins: string[]): Command {
  return { line, begins, returns: "at once" };
}
