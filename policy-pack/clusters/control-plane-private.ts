import { clusters } from "../fleet/cloudTypes";
import { type Finding, pending, resourcePolicy, security, type Value, violation } from "../frame";
import { ipRangeOf } from "../network/ipRange";

const FIX =
  "set it to false, or list who may reach it in masterAuthorizedNetworksConfig.cidrBlocks";

export const controlPlanePrivate = resourcePolicy({
  name: "control-plane-private",
  description: "Only addresses that a cluster lists reach its control plane from the internet.",
  severity: "high",
  framework: security,
  remediationSteps:
    "Set controlPlaneEndpointsConfig.ipEndpointsConfig.enabled of the cluster to false and reach " +
    "it by its DNS-based endpoint, which asks IAM; or set " +
    "privateClusterConfig.enablePrivateEndpoint to true; or list who may reach it in " +
    "masterAuthorizedNetworksConfig.cidrBlocks.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation",
  settings: {},
  judges: clusters,

  *judge({ props }) {
    const byAddress = props.at("controlPlaneEndpointsConfig", "ipEndpointsConfig", "enabled");
    const inside = props.at("privateClusterConfig", "enablePrivateEndpoint");
    const listed = props.at("masterAuthorizedNetworksConfig");
    if (byAddress.raw === false || inside.raw === true) {
      return;
    }
    const hidden = [byAddress, inside, listed].find(({ unknown }) => unknown);
    if (listed.fields !== undefined) {
      yield* blockFindings(listed.at("cidrBlocks"), hidden);
    } else if (hidden !== undefined) {
      yield pending(hidden);
    } else {
      const given = byAddress.absent ? "is not set" : `is ${byAddress}`;
      const problem = `${given}, so the whole internet reaches the control plane's address`;
      yield violation(byAddress, problem, FIX);
    }
  },
});

/** Without a block no client outside Google Cloud has access. */
function* blockFindings(blocks: Value, hidden: Value | undefined): Generator<Finding> {
  const all = blocks.unknown ? [blocks] : (blocks.items ?? []).map((item) => item.at("cidrBlock"));
  for (const block of all) {
    if (block.unknown) {
      yield pending(block);
    } else if (isEverybody(block)) {
      const problem = `${block} lets the whole internet reach the control plane`;
      const fix = "list only the ranges that may reach it, or none";
      yield hidden === undefined ? violation(block, problem, fix) : pending(hidden);
    }
  }
}

function isEverybody({ text = "" }: Value): boolean {
  return ipRangeOf(text.trim())?.prefix === 0 || text.trim() === "::/0";
}
