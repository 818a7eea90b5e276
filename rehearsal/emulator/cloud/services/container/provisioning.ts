import { badRequest } from "../../errors";
import { at } from "../../json";
import { NodeConfig, NodePool } from "../../kinds";
import { isSoldAs, Sale } from "../../tables/machineTypes";

const RESERVATION_NAME = "compute.googleapis.com/reservation-name";
/** Longest life of a flex-start node. Source: "About flex-start" of GKE's documentation, 2026-08. */
const FLEX_START_SECONDS = 7 * 24 * 3600;

/** How a pool's machines are got. */
export function saleOf({ spot, preemptible, flexStart, reservationAffinity }: NodeConfig): Sale {
  if (flexStart === true) return "flex-start";
  if (spot === true || preemptible === true) return "spot";
  const type = at({ reservationAffinity }, "reservationAffinity.consumeReservationType");
  return type === "SPECIFIC_RESERVATION" ? "reservation" : "on-demand";
}

/**
 * Whether a pool's machines can be got as it asks for. A reservation is taken to exist: GKE, too,
 * looks for it only when it adds a node.
 * @throws ApiError
 */
export function checkProvisioning(
  pool: Pick<NodePool, "config" | "autoscaling" | "management">,
): void {
  const { config } = pool;
  checkReservation(config);
  if (config.flexStart === true) checkFlexStart(pool);
  const sale = saleOf(config);
  if (isSoldAs(config.machineType, sale)) return;
  throw badRequest(
    `Machine type "${config.machineType}" is not available with provisioning model ` +
      `${MODELS[sale]}.`,
  );
}

const MODELS: Record<Sale, string> = {
  "on-demand": "STANDARD",
  spot: "SPOT",
  "flex-start": "FLEX_START",
  reservation: "RESERVATION_BOUND",
};

function checkReservation({ spot, reservationAffinity }: NodeConfig): void {
  const affinity = { reservationAffinity };
  const type = at(affinity, "reservationAffinity.consumeReservationType");
  const values = at(affinity, "reservationAffinity.values");
  const names = Array.isArray(values) ? values : [];
  if (type !== "SPECIFIC_RESERVATION") {
    if (names.length === 0) return;
    throw badRequest(
      "Reservation key and values can be set only with consume reservation type " +
        "SPECIFIC_RESERVATION.",
    );
  }
  if (at(affinity, "reservationAffinity.key") !== RESERVATION_NAME || names.length !== 1) {
    throw badRequest(
      "Reservation affinity of type SPECIFIC_RESERVATION must have the key " +
        `"${RESERVATION_NAME}" and the name of one reservation as its value.`,
    );
  }
  if (spot === true) throw badRequest("Spot VMs cannot consume reservations.");
}

function checkFlexStart({
  config,
  autoscaling,
  management,
}: Parameters<typeof checkProvisioning>[0]): void {
  const refuse = (what: string) => {
    throw badRequest(`Flex-start node pools ${what}.`);
  };
  if (config.spot === true) refuse("cannot use Spot VMs");
  const affinity = at(config, "reservationAffinity.consumeReservationType");
  if (affinity !== "NO_RESERVATION") {
    refuse("must have the reservation affinity NO_RESERVATION");
  }
  if (at({ management }, "management.autoRepair") !== false) {
    refuse("must have node auto-repair disabled");
  }
  if (autoscaling === undefined || autoscaling.enabled === false) {
    refuse("must have autoscaling enabled");
  }
  const least = ["minNodeCount", "totalMinNodeCount"].map((key) => autoscaling?.[key] ?? 0);
  if (least.some((nodes) => nodes !== 0)) refuse("must have a minimum of 0 nodes");
  const seconds = /^(\d+)s$/.exec(String(config.maxRunDuration ?? `${FLEX_START_SECONDS}s`))?.[1];
  if (seconds === undefined || Number(seconds) > FLEX_START_SECONDS) {
    refuse(`can run for ${FLEX_START_SECONDS}s at most, not ${String(config.maxRunDuration)}`);
  }
}
