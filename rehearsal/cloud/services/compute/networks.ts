import { Cloud } from "../../cloud";
import { timestamp } from "../../clock";
import { Collection, methodsOf } from "../../collection";
import { Network, NETWORK, SUBNETWORK } from "../../kinds";
import { baseName, checkComputeName, projectOf } from "../../names";
import { NETWORK as FILLED_IN } from "../../tables/filledIn/compute";
import { fillIn } from "../../tables/filledIn/filledIn";
import { autoSubnets } from "./autoMode";
import { COMPUTE_ROOT, computeWording, selfLink, serverFields } from "./common";
import { newSubnetwork } from "./subnetworks";

export function networks({ store, clock, gke }: Cloud): Collection<Network> {
  const subnetsOf = (network: string) =>
    store
      .list(SUBNETWORK, `projects/${projectOf(network)}/`)
      .filter(({ body }) => body.network === network);
  return {
    kind: NETWORK,
    route: `${COMPUTE_ROOT}/global/networks`,
    methods: methodsOf("compute.networks", { insert: "insert", patch: "patch" }),
    wording: computeWording,
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
