import { PropertyMap } from "../../../plugin";
import { text } from "../../engine/values";

/**
 * `minMasterVersion` is a floor that counts where it changes: it upgrades an older cluster and leaves a newer one alone.
 * A minor such as `1.36` compares as 1.36.0 and is sent as it is; GKE takes its newest version.
 * Source: resource_container_cluster.go of terraform-provider-google-beta, 93c65b2d60.
 */
export function newVersion(state: PropertyMap, inputs: PropertyMap): string | undefined {
  const wanted = text(inputs.minMasterVersion);
  if (wanted === "" || wanted === state.minMasterVersion) return undefined;
  return isOlder(text(state.masterVersion), wanted) ? wanted : undefined;
}

/** As hashicorp/go-version has it: `-gke.1391002` is a pre-release, older than the same without it. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map(numbersOf);
  const index = (left ?? []).findIndex((number, i) => number !== right?.[i]);
  return index >= 0 && (left?.[index] ?? 0) < (right?.[index] ?? 0);
}

function numbersOf(version: string): number[] {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-gke\.(\d+))?$/.exec(version);
  if (!match) throw new Error(`malformed version: ${version}`);
  const [, major, minor = 0, patch = 0, build = Infinity] = match;
  return [major, minor, patch, build].map(Number);
}
