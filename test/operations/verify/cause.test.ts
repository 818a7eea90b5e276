import { send } from "./fakeGateway";
import { at, COMPLETES, PICKER, plain, PODS, twoRegions, wrong } from "./support/twoRegions";

const regions = twoRegions();

test.each<[number, string, string]>([
  [
    401,
    "who are you",
    "a proxy before the gateway, or a policy on it, refuses; unset http_proxy, or ask from a machine in the VPC",
  ],
  [
    403,
    "This is the proxy of a rehearsal",
    "a proxy before the gateway, or a policy on it, refuses; unset http_proxy, or ask from a machine in the VPC",
  ],
  [302, "", `it is not an answer of a model server; ${PODS}`],
  [500, "", `the load balancer does not reach the endpoint picker; ${PICKER}`],
  [
    500,
    "inference error: Internal - no pods available in datastore",
    `the endpoint picker refuses; ${PICKER}`,
  ],
  [502, "", `no model server is healthy for the load balancer; ${PODS}`],
  [503, "no healthy upstream", `no model server is healthy for the load balancer; ${PODS}`],
  [
    503,
    "inference error: ServiceUnavailable - failed to find endpoint candidates for serving the request",
    `the endpoint picker knows no model server that is ready; ${PODS}`,
  ],
  [
    504,
    "upstream request timeout",
    `no model server answered within the gateway's timeout; ${PODS}`,
  ],
])("status %s %j has a cause of its own", async (status, text, cause) => {
  regions().west.fault = at("/v1/completions", plain, (r) => send(r, status, "text/plain", text));
  const words = `europe-west3 completion: failed, ${status} text/plain ${text || "an empty body"}`;
  expect(wrong(await regions().ask())).toEqual([[words, `${COMPLETES}: ${cause}`]]);
});
