import type { Policies } from "@pulumi/policy";

import { budgetSelectsPods } from "./budget-selects-pods";
import { imagePinned } from "./image-pinned";
import { initContainerRestartPolicy } from "./init-container-restart-policy";
import { modelServerFindsDriver } from "./model-server-finds-driver";
import { modelServerProbed } from "./model-server-probed";
import { monitoringSelectsPods } from "./monitoring-selects-pods";
import { networkPolicyAdmits } from "./network-policy-admits";
import { noPlainSecret } from "./no-plain-secret";
import { noSecretOutput } from "./no-secret-output";
import { podReferencesExist } from "./pod-references-exist";
import { podsRestricted } from "./pods-restricted";
import { selectorMatchesPods } from "./selector-matches-pods";
import { serverPort } from "./server-port";
import { serverStarts } from "./server-starts";
import { volumeDriverEnabled } from "./volume-driver-enabled";

/** Pods: model servers, their probes, images, secrets, and what they refer to. */
export const pods: Policies = [
  budgetSelectsPods,
  imagePinned,
  initContainerRestartPolicy,
  modelServerFindsDriver,
  modelServerProbed,
  monitoringSelectsPods,
  networkPolicyAdmits,
  noPlainSecret,
  noSecretOutput,
  podReferencesExist,
  podsRestricted,
  selectorMatchesPods,
  serverPort,
  serverStarts,
  volumeDriverEnabled,
];
