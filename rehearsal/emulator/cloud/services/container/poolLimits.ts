import { badRequest } from "../../errors";
import { NodePool } from "../../kinds";

/** Limits of a pool that exclude each other, or leave nothing to do. @throws ApiError */
export function checkPoolLimits({
  autoscaling = {},
  upgradeSettings = {},
}: Pick<NodePool, "autoscaling" | "upgradeSettings">): void {
  const set = (...keys: string[]) => keys.some((key) => Number(autoscaling[key] ?? 0) > 0);
  if (set("minNodeCount", "maxNodeCount") && set("totalMinNodeCount", "totalMaxNodeCount")) {
    throw badRequest(
      "Cannot set both per-zone (min_node_count, max_node_count) and total " +
        "(total_min_node_count, total_max_node_count) autoscaling limits.",
    );
  }
  const { strategy = "SURGE", maxSurge, maxUnavailable } = upgradeSettings;
  if (strategy === "SURGE" && maxSurge === 0 && maxUnavailable === 0) {
    throw badRequest("At least one of max_surge and max_unavailable must be greater than 0.");
  }
}
