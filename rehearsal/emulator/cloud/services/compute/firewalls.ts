import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { parseCidr } from "../../../ipv4";
import { invalidField } from "../../errors";
import { JsonObject, merge, optionalString, replacement } from "../../json";
import { Firewall, FIREWALL, NETWORK } from "../../kinds";
import { baseName, checkComputeName, projectOf, resolve } from "../../names";
import { FIREWALL as FILLED_IN } from "../../tables/filledIn/compute";
import { fillIn } from "../../tables/filledIn/filledIn";
import { SERVER_FIELDS, selfLink, serverFields, updatePolicy } from "./common";
import { computeService } from "./service";

/** What an update does not touch: it is set once, or the server's. */
const KEPT = [...SERVER_FIELDS, "direction", "network", "managed"];

export function firewalls(cloud: Cloud): Collection<Firewall> {
  const { store, clock } = cloud;
  return {
    kind: FIREWALL,
    service: computeService(cloud),
    methods: methodsOf("compute.firewalls", "insert"),
    changes: {
      "compute.firewalls.patch": ({ body }) => body,
      "compute.firewalls.update": ({ body }, current) => replacement(current, body, KEPT),
    },
    noun: "firewall",
    make: (name, input) => {
      checkComputeName(baseName(name));
      const firewall = fillIn(FILLED_IN, {
        ...input,
        ...serverFields(name, timestamp(clock)),
        name: baseName(name),
        network: networkOf(name, input),
      });
      checkRanges(firewall);
      return firewall;
    },
    change: (name, input, current) => {
      const network = input.network === undefined ? current.network : networkOf(name, input);
      const changed = { ...merge(current, input), name: current.name, network };
      const firewall = fillIn(FILLED_IN, changed);
      checkRanges(firewall);
      return firewall;
    },
    references: (_name, { network }) => [{ kind: NETWORK, name: network }],
    // Source of the permission: the reference's map for changing and deleting; that making one asks
    // for it too: the same as for subnets.
    uses: (verb, name, input) => {
      const network = verb === "insert" ? undefined : store.get(FIREWALL, name)?.body.network;
      return [updatePolicy(network ?? networkOf(name, input))];
    },
    view: (_name, { managed: _, ...body }) => ({ ...body, network: selfLink(body.network) }),
  };
}

function networkOf(name: string, input: JsonObject): string {
  const template = `projects/${projectOf(name)}/global/networks/{name}`;
  return resolve(optionalString(input, "network") ?? "default", template);
}

function checkRanges(firewall: JsonObject): void {
  for (const field of ["sourceRanges", "destinationRanges"]) {
    const ranges = firewall[field];
    for (const range of Array.isArray(ranges) ? ranges : []) {
      // IPv6 ranges are taken as they are.
      if (typeof range !== "string" || range.includes(":") || parseCidr(range)) continue;
      throw invalidField(field, range, "Must be a valid CIDR address range.");
    }
  }
}
