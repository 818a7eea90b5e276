import { createHash } from "node:crypto";

/**
 * The loopback range for pods with processes, which can be called on this machine: that of the node's pods, with 127 in
 * the first place. Clouds on one machine have other second places, so that their pods do not have the same addresses.
 * @param podCidr of the node: `10.80.1.0/24`
 * @param cloud what tells clouds apart: the state directory
 */
export function loopbackRange(podCidr: string, cloud: string): string {
  const [, second = "0", ...rest] = podCidr.split(".");
  const shift = createHash("sha256").update(cloud).digest().readUInt16BE();
  // 127.0.x.y belongs to the machine's own services.
  return ["127", 1 + ((Number(second) + shift) % 255), ...rest].join(".");
}
