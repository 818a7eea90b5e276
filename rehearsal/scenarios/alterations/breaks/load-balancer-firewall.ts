import type { Break } from "./break";

const at = { type: "gcp:compute/firewall:Firewall", name: "network-load-balancer" };

export const loadBalancerFirewall: Break = {
  policy: "load-balancer-firewall",
  at,
  change: { set: "allows.0.ports.2", to: "9090" },
  says: [
    {
      resource: at.name,
      message:
        "allows: lacks TCP 9003, the port of endpoint pickers' health, for 35.191.0.0/16, 130.211.0.0/22; add it",
    },
  ],
};

export const otherSources: Break = {
  policy: "load-balancer-firewall",
  at,
  change: { set: "sourceRanges", to: ["35.191.0.0/16", "10.80.192.0/23", "10.140.192.0/23"] },
  says: [
    {
      resource: at.name,
      message: "sourceRanges: lacks 130.211.0.0/22, which health checks come from; add it",
    },
  ],
};
