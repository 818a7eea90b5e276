import { UNKNOWN } from "../../support/unknown";
import type { Registered } from "../../support/policies";

import { cloud, NETWORK, type Place, regionOf, type Site, SUBNETWORK } from "./site";

/** A VPC with the subnets of each region, its proxies and its NAT. */
export function network(site: Site): Registered[] {
  const { project } = site;
  return [
    cloud("compute/network:Network", site.network, {
      name: site.network,
      project,
      autoCreateSubnetworks: false,
    }),
    ...site.places.flatMap((place) => [
      nodes(site, place),
      proxies(site, place),
      ...nat(site, place),
    ]),
  ];
}

/** What comes from the network: on a first preview its id is not known. */
const inNetwork = (site: Site) => ({ network: [`${NETWORK}::${site.network}`] });

function nodes(site: Site, place: Place): Registered {
  return cloud(
    "compute/subnetwork:Subnetwork",
    `${place.name}-nodes`,
    {
      name: `${place.name}-nodes`,
      project: site.project,
      region: regionOf(place),
      network: UNKNOWN,
      ipCidrRange: `10.${place.block}.0.0/20`,
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: `10.${place.block + 64}.0.0/17` },
        { rangeName: "services", ipCidrRange: `10.${place.block}.16.0/20` },
      ],
      privateIpGoogleAccess: true,
    },
    inNetwork(site),
  );
}

export function proxies(site: Site, place: Place): Registered {
  return cloud(
    "compute/subnetwork:Subnetwork",
    `${place.name}-proxies`,
    {
      project: site.project,
      region: regionOf(place),
      network: UNKNOWN,
      ipCidrRange: `10.${place.block}.64.0/23`,
      purpose: "GLOBAL_MANAGED_PROXY",
      role: "ACTIVE",
    },
    inNetwork(site),
  );
}

export function nat(site: Site, place: Place): Registered[] {
  const region = regionOf(place);
  const router = `${place.name}-router`;
  return [
    cloud(
      "compute/router:Router",
      router,
      { name: router, project: site.project, region, network: UNKNOWN },
      inNetwork(site),
    ),
    cloud(
      "compute/routerNat:RouterNat",
      `${place.name}-nat`,
      {
        project: site.project,
        region,
        router,
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [{ name: UNKNOWN, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      },
      { subnetworks: [`${SUBNETWORK}::${place.name}-nodes`] },
    ),
  ];
}
