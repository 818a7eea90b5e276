import type { GatewayStatus } from "../../customResources/gateway";

/**
 * The gateway's addresses by region: an address's type ends in its region; other addresses are matched by position,
 * because GKE keeps the requested order.
 */
export function addressesByRegion(
  regions: readonly string[],
  status: GatewayStatus | undefined,
): Record<string, string> {
  const regionOf = (type: string | undefined, place: number) =>
    regions.find((region) => type?.endsWith(`/${region}`)) ?? regions[place];
  const pairs = (status?.addresses ?? []).flatMap(({ type, value }, place) => {
    const region = regionOf(type, place);
    return region === undefined ? [] : [[region, value] as const];
  });
  return Object.fromEntries(pairs);
}

/** @throws if the gateway has no address in the region */
export function addressIn(addresses: Record<string, string>, region: string): string {
  const address = addresses[region];
  if (address !== undefined) return address;
  const others = Object.keys(addresses).join(", ") || "no region";
  throw new Error(
    `the gateway has no address in ${region}, only in ${others}: run \`pulumi refresh\`, then \`pulumi up\` again`,
  );
}
