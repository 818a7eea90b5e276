import type { DnsAnswers } from "../../emulator/cloud/services/dns/answers";

/** A stack's private name, and what the cloud's DNS answers. */
export interface PrivateName {
  /** `http://<name>`; null where the stack has none. */
  privateUrl: string | null;
  dns: DnsAnswers[];
  /** Addresses by region, as the stack gives them. */
  gatewayAddresses: Record<string, string>;
}

/** Whether the name leads clients in each region to that region's address, and to no other. */
export function privateNameProblems({ privateUrl, dns, gatewayAddresses }: PrivateName): string[] {
  if (privateUrl === null) return [];
  const name = `${new URL(privateUrl).hostname}.`;
  const record = dns.find((candidate) => candidate.name === name);
  if (!record) return [`no record leads from ${name} to the gateway`];
  const regions = new Set([...Object.keys(gatewayAddresses), ...Object.keys(record.regions)]);
  return [...regions].flatMap((region) => {
    const wanted = gatewayAddresses[region] ?? "nothing";
    const found = record.regions[region]?.join(", ") || "nothing";
    return found === wanted ? [] : [`${name} leads to ${found} in ${region}, not to ${wanted}`];
  });
}
