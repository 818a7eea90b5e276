import type { Gateway } from "./gateway";
import { type Answer, isAnswer, type Outcome } from "./question";

/** The picker's words before its own errors (GIE v1.5.0, pkg/common/error). */
export const PICKERS_ERROR = "inference error: ";

/** The likely cause of an answer that no check expects, and what to run next. */
export function causeOf(outcome: Outcome, gateway: Gateway): string {
  if (!isAnswer(outcome)) return causeOfSilence(gateway);
  const { status, text, cut } = outcome;
  const pods = podsCommand(gateway);
  if (cut !== undefined) {
    return `a model server stopped on the way, or a timeout is too short (timeoutSeconds of the stack, TIMEOUT_SECONDS of this command); ${pods}`;
  }
  if (isPage(outcome)) return NOT_THE_GATEWAY;
  if (text.startsWith(PICKERS_ERROR)) return causeByPicker(outcome, gateway);
  switch (status) {
    case 401:
    case 403:
      return "a proxy before the gateway, or a policy on it, refuses; unset http_proxy, or ask from a machine in the VPC";
    case 404:
      return `the route does not lead to the pool, or no model server has the model; kubectl describe httproute -n ${gateway.namespace} in the config cluster`;
    case 429:
      return `the pool is saturated; ask again when it has less to do, or ${pods}`;
    case 500:
      return `the load balancer does not reach the endpoint picker; ${pickerCommand(gateway)}`;
    case 502:
    case 503:
      return `no model server is healthy for the load balancer; ${pods}`;
    case 504:
      return `no model server answered within the gateway's timeout; ${pods}`;
    default:
      return `it is not an answer of a model server; ${pods}`;
  }
}

const NOT_THE_GATEWAY =
  "something that is not the gateway answers at this address, such as a proxy; compare it with `pulumi stack output gatewayUrls`";

function causeOfSilence({ namespace }: Gateway): string {
  return (
    "this machine is not in the stack's VPC (MANIFEST=1 prints a Job for a cluster that is), or the address is not " +
    `programmed; kubectl get gateway -n ${namespace} in the config cluster`
  );
}

function causeByPicker({ status }: Answer, gateway: Gateway): string {
  const pods = podsCommand(gateway);
  switch (status) {
    case 429:
      return `the endpoint picker refuses, because the pool is saturated; ${pods}`;
    case 503:
      return `the endpoint picker knows no model server that is ready; ${pods}`;
    default:
      return `the endpoint picker refuses; ${pickerCommand(gateway)}`;
  }
}

function isPage({ type, text }: Answer): boolean {
  return type === "text/html" || /^\s*<(!doctype|html)/i.test(text);
}

/** Shows whether model servers run and are ready. */
export function podsCommand({ namespace, poolName, servers }: Gateway): string {
  return inClusters(`kubectl get pods -n ${namespace} -l app=${poolName}`, servers);
}

/** Shows whether the endpoint pickers run. */
export function pickerCommand({ namespace, poolName, servers }: Gateway): string {
  return inClusters(`kubectl get deployment ${poolName}-epp -n ${namespace}`, servers);
}

function inClusters(command: string, servers: Gateway["servers"]): string {
  const [first, ...others] = servers.map(({ context }) => context);
  if (first === undefined) return command;
  const rest = others.length > 0 ? `, and in ${others.join(", ")}` : "";
  return `${command} --context ${first}${rest}`;
}
