import * as fs from "node:fs";
import * as path from "node:path";

import { changesDocs } from "../../rehearsal/scenarios/changes/document";

import { facts } from "../facts/facts";
import { pictureOfStack } from "../picture/picture";
import { readRecorded } from "../timeline/recorded";
import { timelineOf } from "../timeline/timeline";
import { readKeptTraffic } from "../traffic/kept";
import { trafficPictureOf } from "../traffic/picture";

import { configurationDocs } from "./configuration";
import { factsDocs } from "./facts";
import { filledInDocs } from "./filledIn";
import { policyDocs } from "./policies";
import { rolesDocs } from "./roles";

/** Pages of `docs/` that are written from code; `make docs` writes them, a test of each compares. */
const pages = {
  "changes.md": changesDocs,
  "configuration.md": configurationDocs,
  "facts.md": () => factsDocs(facts),
  "filled-in.md": filledInDocs,
  "policies.md": policyDocs,
  "roles.md": rolesDocs,
  "pictures/dev.svg": () => pictureOfStack(process.cwd(), "dev"),
  "pictures/traffic.svg": () => trafficPictureOf(readKeptTraffic("docs/pictures/traffic.json")),
  "pictures/rehearsal.svg": () => timelineOf(readRecorded("docs/pictures/rehearsal.json")),
};

async function main(): Promise<void> {
  for (const [page, write] of Object.entries(pages)) {
    fs.writeFileSync(path.join("docs", page), await write());
  }
}

void main();
