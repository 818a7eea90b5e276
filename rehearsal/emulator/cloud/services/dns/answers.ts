import { Cloud } from "../../cloud";
import { CLUSTER } from "../../kinds";
import { baseName } from "../../names";
import { MANAGED_ZONE, RECORD_SET } from "./common";
import { geoItems, networkOf, Target } from "./routing";

/** The answers that clients of a VPC get for a name with a geo policy. */
export interface DnsAnswers {
  /** Id of the zone. */
  zone: string;
  /** With its dot at the end. */
  name: string;
  /**
   * Addresses that clients in a region get. None where no load balancer answers there: the real
   * Cloud DNS then tells those of the next region.
   */
  regions: Record<string, string[]>;
}

export function dnsAnswers(cloud: Cloud): DnsAnswers[] {
  return cloud.store.list(MANAGED_ZONE).flatMap((zone) =>
    cloud.store.list(RECORD_SET, `${zone.name}/rrsets/`).flatMap(({ body }) => {
      const items = geoItems(body.routingPolicy);
      if (items.length === 0) return [];
      const regions = items.map(({ location, rrdatas, targets }) => {
        const healthy = targets.filter((target) => answers(cloud, target));
        return [location, rrdatas.concat(healthy.map(({ ipAddress }) => ipAddress))] as const;
      });
      return [{ zone: baseName(zone.name), name: body.name, regions: Object.fromEntries(regions) }];
    }),
  );
}

/** One line for each name and region that leads to no load balancer. */
export function deadTargets(cloud: Cloud): string[] {
  return cloud.store
    .list(RECORD_SET)
    .flatMap(({ name, body }) =>
      geoItems(body.routingPolicy).flatMap(({ location, targets }) =>
        targets
          .filter((target) => !answers(cloud, target))
          .map(({ ipAddress }) => `${name}: ${location}: no load balancer answers at ${ipAddress}`),
      ),
    );
}

/** Whether a programmed load balancer of the target's network has its address. */
function answers({ store, gke }: Cloud, target: Target): boolean {
  return gke
    .loadBalancers()
    .filter(({ programmed }) => programmed)
    .filter(({ cluster }) => store.get(CLUSTER, cluster)?.body.network === networkOf(target))
    .some(({ addresses }) => Object.values(addresses).includes(target.ipAddress));
}
