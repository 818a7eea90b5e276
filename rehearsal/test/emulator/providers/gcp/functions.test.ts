import type { PropertyMap } from "../../../../emulator/providers/plugin";
import { PROJECT, REGION } from "../../cloud/support/testCloud";
import { Sent } from "./support/recorder";
import { Script, ScriptedStandIn } from "./support/script";

const GENERATED = "alt=json&prettyPrint=false";
const ZONES = `/compute/beta/projects/${PROJECT}/zones`;
const zone = (name: string, region: string) => ({ name, region: `https://x/regions/${region}` });

const CALLS: [string, PropertyMap, Script, Sent[]][] = [
  [
    "gcp:organizations/getProject:getProject",
    {},
    { [`GET /v1/projects/${PROJECT}`]: { json: { projectNumber: "1" } } },
    [[`GET https://cloudresourcemanager.googleapis.com/v1/projects/${PROJECT}?${GENERATED}`]],
  ],
  [
    "gcp:container/getEngineVersions:getEngineVersions",
    { location: REGION },
    {
      [`GET /v1beta1/projects/${PROJECT}/locations/${REGION}/serverConfig`]: {
        json: { validMasterVersions: [], validNodeVersions: [], channels: [] },
      },
    },
    [
      [
        `GET https://container.googleapis.com/v1beta1/projects/${PROJECT}/locations/${REGION}/serverConfig?${GENERATED}`,
      ],
    ],
  ],
  [
    "gcp:compute/getZones:getZones",
    {},
    {
      [`GET ${ZONES}`]: [
        { json: { items: [zone("b", REGION), zone("x", "us-east4")], nextPageToken: "2" } },
        { json: { items: [zone("a", REGION)] } },
      ],
    },
    [
      [`GET https://compute.googleapis.com${ZONES}?alt=json&filter=&prettyPrint=false`],
      [`GET https://compute.googleapis.com${ZONES}?alt=json&filter=&pageToken=2&prettyPrint=false`],
    ],
  ],
  [
    "gcp:compute/getZones:getZones",
    { status: "UP" },
    { [`GET ${ZONES}`]: { json: {} } },
    [
      [
        `GET https://compute.googleapis.com${ZONES}?alt=json&filter=+%28status+eq+UP%29&prettyPrint=false`,
      ],
    ],
  ],
  [
    "gcp:gkehub/getFeature:getFeature",
    { location: "global", name: "f" },
    { [`GET /v1beta/projects/${PROJECT}/locations/global/features/f`]: { json: { name: "f" } } },
    [
      [
        `GET https://gkehub.googleapis.com/v1beta/projects/${PROJECT}/locations/global/features/f?alt=json&return_partial_success=true`,
      ],
    ],
  ],
];

test.each(CALLS)("%s %j", async (token, args, script, sent) => {
  const standIn = new ScriptedStandIn(script);
  await standIn.configure();
  await standIn.provider.invoke({ token, args, preview: false });
  expect(standIn.taken()).toEqual(sent);
  await standIn.close();
});
