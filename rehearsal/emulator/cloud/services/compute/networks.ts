import { Cloud } from "../../cloud";
import { timestamp } from "../../clock";
import { Collection, methodsOf } from "../../collection";
import { Network, NETWORK, SUBNETWORK } from "../../kinds";
import { baseName, checkComputeName, projectOf } from "../../names";
import { NETWORK as FILLED_IN } from "../../tables/filledIn/compute";
import { fillIn } from "../../tables/filledIn/filledIn";
import { autoSubnets } from "./autoMode";
import { selfLink, serverFields } from "./common";
import { computeService } from "./service";
import { newSubnetwork } from "./subnetworks";

export function networks(cloud: Cloud): Collection<Network> {
  const { store, clock, gke } = cloud;
  const subnetsOf = (network: string) =>
    store
      .list(SUBNETWORK, `projects/${projectOf(network)}/`)
      .filter(({ body }) => body.network === network);
  return {
    kind: NETWORK,
    service: computeService(cloud),
    methods: methodsOf("compute.networks", "insert"),
    changes: { "compute.networks.patch": ({ body }) => body },
    noun: "network",
    make: (name, input) => {
      checkComputeName(baseName(name));
      return fillIn(FILLED_IN, {
        ...input,
        ...serverFields(name, timestamp(clock)),
        name: baseName(name),
        autoCreateSubnetworks: input.autoCreateSubnetworks === true,
      });
    },
    committed: (verb, name, { autoCreateSubnetworks }) => {
      if (verb === "insert" && autoCreateSubnetworks) {
        for (const { name: subnet, region, ipCidrRange } of autoSubnets(name)) {
          const input = { network: name, region, ipCidrRange, autoCreated: true };
          store.put(SUBNETWORK, subnet, newSubnetwork(clock, subnet, input));
        }
      }
      if (verb === "delete") subnetsOf(name).forEach((s) => store.delete(s.type, s.name));
      gke.cloudChanged();
    },
    view: (name, body) => ({ ...body, subnetworks: subnetsOf(name).map((s) => selfLink(s.name)) }),
  };
}
