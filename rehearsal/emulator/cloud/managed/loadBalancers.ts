import { LoadBalancer } from "../../gke/gke";
import { contains, parseCidr } from "../../ipv4";
import {
  BACKEND_SERVICE,
  Cluster,
  FORWARDING_RULE,
  HEALTH_CHECK,
  Kind,
  Managed,
  SUBNETWORK,
  Subnetwork,
  TARGET_HTTP_PROXY,
  URL_MAP,
} from "../kinds";
import { projectOf } from "../names";
import { Store, Stored } from "../store";
import { gatewayName } from "./names";
import type { Wanted } from "./sight";

/**
 * What a cross-region internal load balancer consists of: a forwarding rule for each address, one
 * proxy and URL map, a backend service and health check for each pool. It is deleted with its
 * Gateway, whose finalizer waits for it.
 */
export function loadBalancerParts(
  store: Store,
  cluster: Stored<Cluster>,
  { addresses, backends }: LoadBalancer,
  name: string,
): Wanted[] {
  const { network } = cluster.body;
  const part = (kind: Kind<Managed>, collection: string, own: string, body = {}): Wanted => ({
    kind,
    name: `projects/${projectOf(cluster.name)}/global/${collection}/${own}`,
    body,
    managed: { cluster: cluster.name, collectedAfterSeconds: 0 },
  });
  const scheme = { loadBalancingScheme: "INTERNAL_MANAGED" };
  return [
    ...Object.entries(addresses).map(([region, IPAddress]) => {
      const subnetwork = subnetOf(store, network, region, IPAddress);
      const body = { ...scheme, network, IPAddress, ...(subnetwork && { subnetwork }) };
      return part(FORWARDING_RULE, "forwardingRules", `${name}-${region}`, body);
    }),
    part(TARGET_HTTP_PROXY, "targetHttpProxies", name),
    part(URL_MAP, "urlMaps", name),
    ...backends.flatMap(({ pool }) => [
      part(BACKEND_SERVICE, "backendServices", gatewayName(pool), scheme),
      part(HEALTH_CHECK, "healthChecks", gatewayName(pool)),
    ]),
  ];
}

/** The subnet that an address is from. */
function subnetOf(
  store: Store,
  network: string,
  region: string,
  address: string,
): string | undefined {
  const ofRegion = store
    .list(SUBNETWORK)
    .filter(({ body }) => body.network === network && body.region === region);
  return ofRegion.find(({ body }) => isIn(body, address))?.name;
}

function isIn({ ipCidrRange }: Subnetwork, address: string): boolean {
  const [range, one] = [parseCidr(ipCidrRange), parseCidr(`${address}/32`)];
  return range !== undefined && one !== undefined && contains(range, one);
}
