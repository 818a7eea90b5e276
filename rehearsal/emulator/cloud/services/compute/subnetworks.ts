import { formatAddress, parseCidr } from "../../../ipv4";
import { Clock, timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { invalidField } from "../../errors";
import { JsonObject, merge, optionalString, without } from "../../json";
import { FORWARDING_RULE, NETWORK, Subnetwork, SUBNETWORK } from "../../kinds";
import { baseName, checkComputeName, projectOf, resolve } from "../../names";
import { SUBNETWORK as FILLED_IN } from "../../tables/filledIn/compute";
import { fillIn } from "../../tables/filledIn/filledIn";
import { answered, SUBNETWORK as REORDERED } from "../../tables/filledIn/reordered";
import { checkedRegion, inUseByAnother, selfLink, serverFields, updatePolicy } from "./common";
import { checkFingerprint, newFingerprint } from "./fingerprint";
import { computeService } from "./service";
import { checkGrowth, checkSubnet } from "./subnetRules";

export function subnetworks(cloud: Cloud): Collection<Subnetwork> {
  const { store, clock, gke } = cloud;
  const check = (name: string, subnet: Subnetwork) => {
    const others = store
      .list(SUBNETWORK)
      .filter((other) => other.body.network === subnet.network && other.name !== name)
      .map((other) => other.body);
    const autoMode = store.get(NETWORK, subnet.network)?.body.autoCreateSubnetworks === true;
    checkSubnet(subnet, others, autoMode);
  };
  return {
    kind: SUBNETWORK,
    service: computeService(cloud),
    methods: methodsOf("compute.subnetworks", "insert"),
    changes: {
      "compute.subnetworks.patch": ({ body }, current) => {
        checkFingerprint(body, current);
        checkSameRange(body, current);
        return body;
      },
      "compute.subnetworks.expandIpCidrRange": ({ body }) => body,
      // What is false is left out by clients.
      "compute.subnetworks.setPrivateIpGoogleAccess": ({ body }) => ({
        privateIpGoogleAccess: body.privateIpGoogleAccess === true,
      }),
    },
    noun: "subnetwork",
    make: (name, input) => {
      checkComputeName(baseName(name));
      const network = networkOf(name, input);
      const subnet = newSubnetwork(clock, name, { ...input, network, region: checkedRegion(name) });
      check(name, subnet);
      return subnet;
    },
    change: (name, input, current) => {
      const subnet = merge(current, without(input, ["network", "region"])) as Subnetwork;
      checkGrowth(current, subnet);
      check(name, subnet);
      return { ...subnet, ...keptRanges(subnet, current), ...derivedFields(subnet) };
    },
    // Auto mode's own subnets are not in the way of their network: they go with it.
    references: (_name, { network, autoCreated }) =>
      autoCreated === true ? [] : [{ kind: NETWORK, name: network }],
    checkDelete: (name, subnet) => {
      const rule = servedBy(subnet);
      if (rule !== undefined) throw inUseByAnother("subnetwork", name, rule);
    },
    uses: (verb, name, input) => (verb === "insert" ? [updatePolicy(networkOf(name, input))] : []),
    committed: () => gke.cloudChanged(),
    view: (_name, { autoCreated: _, ...body }) => ({
      ...answered(REORDERED, body),
      network: selfLink(body.network),
      region: selfLink(`projects/${projectOf(body.network)}/regions/${body.region}`),
    }),
  };

  /** The forwarding rule whose proxies are in a subnet. Those with their address in it refer to it. */
  function servedBy({ purpose, role, region, network }: Subnetwork): string | undefined {
    if (purpose !== "GLOBAL_MANAGED_PROXY" || role !== "ACTIVE") return undefined;
    return store
      .list(FORWARDING_RULE)
      .find(({ body }) => body.network === network && body.subnetwork?.includes(`/${region}/`))
      ?.name;
  }
}

/** Source: the reference of `ipCidrRange`, which names the method that changes it. */
function checkSameRange({ ipCidrRange = null }: JsonObject, current: Subnetwork): void {
  if (ipCidrRange === null || ipCidrRange === current.ipCidrRange) return;
  const why = "It is changed by expandIpCidrRange only.";
  throw invalidField("ipCidrRange", String(ipCidrRange), why);
}

function networkOf(name: string, input: JsonObject): string {
  const template = `projects/${projectOf(name)}/global/networks/{name}`;
  return resolve(optionalString(input, "network") ?? "", template);
}

/**
 * A subnet with what the server fills in. @param input its `network` and `region` as they are kept
 */
export function newSubnetwork(
  clock: Clock,
  name: string,
  input: JsonObject & { network: string; region: string },
): Subnetwork {
  const subnet = {
    ...input,
    ...serverFields(name, timestamp(clock)),
    name: baseName(name),
    ipCidrRange: optionalString(input, "ipCidrRange") ?? "",
    purpose: optionalString(input, "purpose") ?? "PRIVATE",
  };
  return fillIn(FILLED_IN, { ...subnet, ...derivedFields(subnet) });
}

/** What GKE has linked to a range stays, whatever a change says. */
function keptRanges({ secondaryIpRanges }: Subnetwork, current: Subnetwork): Partial<Subnetwork> {
  if (!secondaryIpRanges) return {};
  const before = (name: string) =>
    current.secondaryIpRanges?.find(({ rangeName }) => rangeName === name);
  return {
    secondaryIpRanges: secondaryIpRanges.map((range) => {
      const reservedInternalRange = before(range.rangeName)?.reservedInternalRange;
      return reservedInternalRange === undefined ? range : { ...range, reservedInternalRange };
    }),
  };
}

function derivedFields({ ipCidrRange }: { ipCidrRange: string }): JsonObject {
  const range = parseCidr(ipCidrRange);
  const fingerprint = newFingerprint();
  return range ? { gatewayAddress: formatAddress(range.first + 1), fingerprint } : { fingerprint };
}
