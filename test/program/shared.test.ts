import * as pulumi from "@pulumi/pulumi";

import { createShared } from "../../shared";
import { underMocks } from "../support/mocks";
import { readConfig } from "../support/program";

const GET_FEATURE = "gcp:gkehub/getFeature:getFeature";
const THEIRS = "projects/my-project-dev/locations/global/memberships/edge";

// `make drill ONLY=fleetIsSomebodyElses` shows with the real engine that no cluster is created then.
test("the claim fails where the fleet belongs to another stack, and the rest is created", async () => {
  const feature = { specs: [{ multiclusteringresses: [{ configMembership: THEIRS }] }] };
  const cloud = {
    make: () => undefined,
    call: ({ token }: pulumi.runtime.MockCallArgs) =>
      Promise.resolve(token === GET_FEATURE ? feature : { number: "123456789012" }),
  };
  const config = readConfig("dev");
  const { result, registrations } = await underMocks(pulumi.runtime, { cloud }, () =>
    createShared(config).claim.catch(String),
  );
  expect(result).toContain(
    `already has the feature multiclusteringress with the config membership ${THEIRS}`,
  );
  const components = registrations.filter(({ custom }) => !custom).map(({ type }) => type);
  expect([...new Set(components)].sort()).toEqual(
    ["Network", "NodeIdentity", "ProjectServices", "ProxySubnet"].map(
      (name) => `inference-gateway:index:${name}`,
    ),
  );
});
