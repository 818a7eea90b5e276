import type { Break } from "./break";

export const noRangeOverlap: Break = {
  policy: "no-range-overlap",
  at: { type: "gcp:compute/subnetwork:Subnetwork", name: "us-east4-proxy" },
  change: { set: "ipCidrRange", to: "10.80.192.0/23" },
  says: [
    {
      resource: "us-east4-proxy",
      message:
        'ipCidrRange: "10.80.192.0/23" overlaps with "10.80.192.0/23", ipCidrRange of europe-west3-proxy; give each a ' +
        "range of its own",
    },
  ],
};
