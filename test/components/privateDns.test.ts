import * as pulumi from "@pulumi/pulumi";

import { PrivateDns, type PrivateDnsArgs } from "../../components/privateDns";
import { type Recording, register } from "../support/components";
import type { MockOptions } from "../support/mocks";
import { UNKNOWN } from "../../policy-pack/test/support/unknown";
import { childrenOf, find } from "../../rehearsal/stage/registrations";

const ZONE = "gcp:dns/managedZone:ManagedZone::dns";
const RECORD = "gcp:dns/recordSet:RecordSet::dns";
const NETWORK = "projects/demo/global/networks/vpc";

function registerDns(
  args: Partial<PrivateDnsArgs> = {},
  { preview }: MockOptions = {},
): Promise<Recording<PrivateDns>> {
  const answers = { "gcp:dns/managedZone:ManagedZone": () => ({ name: "dns-1a2b3c4" }) };
  const build = () =>
    new PrivateDns("dns", {
      project: "demo",
      network: NETWORK,
      dnsName: "llm.corp.internal",
      regions: ["europe-west3", "us-east4"],
      addresses: { "europe-west3": "10.0.0.1", "us-east4": "10.0.0.2" },
      ...args,
    });
  return register(build, { preview, answers });
}

function geo(location: string, ipAddress: string) {
  const target = {
    loadBalancerType: "globalL7ilb",
    ipAddress,
    port: "80",
    ipProtocol: "tcp",
    networkUrl: NETWORK,
    project: "demo",
  };
  return { location, healthCheckedTargets: { internalLoadBalancers: [target] } };
}

function record(geos: object[], managedZone = "dns-1a2b3c4") {
  const name = "llm.corp.internal.";
  return { project: "demo", managedZone, name, type: "A", ttl: 30, routingPolicy: { geos } };
}

describe("PrivateDns", () => {
  test("is a zone that the VPC alone sees, and one record that leads each region to its own address", async () => {
    const made = await registerDns();
    expect(childrenOf(made, "inference-gateway:index:PrivateDns::dns")).toEqual([ZONE, RECORD]);
    expect(find(made, ZONE).inputs).toEqual({
      project: "demo",
      dnsName: "llm.corp.internal.",
      description: "Inference gateway, by the nearest region",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: NETWORK }] },
    });
    expect(find(made, RECORD).inputs).toEqual(
      record([geo("europe-west3", "10.0.0.1"), geo("us-east4", "10.0.0.2")]),
    );
    expect(made.component.url).toBe("http://llm.corp.internal");
  });

  test("a dot at the end of the name changes nothing", async () => {
    const [usual, dotted] = [
      await registerDns(),
      await registerDns({ dnsName: "llm.corp.internal." }),
    ];
    expect(dotted.registrations).toEqual(usual.registrations);
    expect(dotted.component.url).toBe(usual.component.url);
  });

  test("a first preview shows a record of all regions, whose addresses are not known yet", async () => {
    const addresses = pulumi.output<Record<string, string>>({});
    Object.assign(addresses, { isKnown: Promise.resolve(false) });
    const preview = await registerDns({ addresses }, { preview: true });
    expect(find(preview, RECORD).inputs).toEqual(
      record([geo("europe-west3", UNKNOWN), geo("us-east4", UNKNOWN)], UNKNOWN),
    );
    expect(preview.component.url).toBe("http://llm.corp.internal");
  });
});
