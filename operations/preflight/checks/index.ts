import { addresses } from "./addresses";
import { apis } from "./apis";
import { billing } from "./billing";
import { bucket } from "./bucket";
import type { Check } from "./check";
import { clusters } from "./clusters";
import { configuration } from "./configuration";
import { fleet } from "./fleet";
import { gkeVersion } from "./gkeVersion";
import { machines } from "./machines";
import { model } from "./model";
import { permissions } from "./permissions";
import { quotas } from "./quotas";
import { reservations } from "./reservations";
import { secret } from "./secret";

/** In the order of the report; they are asked side by side. */
export const checks: readonly Check[] = [
  configuration,
  billing,
  permissions,
  apis,
  gkeVersion,
  machines,
  reservations,
  quotas,
  addresses,
  clusters,
  fleet,
  bucket,
  secret,
  model,
];
