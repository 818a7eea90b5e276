import * as fs from "node:fs";
import * as path from "node:path";

import { claimFleet } from "../../components/crossRegionGateway/fleetClaim";
import type { Outcome } from "../../operations/support/engine";
import { refusalOf } from "../../operations/teardown/refusal";
import { stillRefused } from "../../operations/teardown/words";
import { completion } from "../../operations/verify/checks/completion";
import { gatewayOf } from "../../operations/verify/gateway";
import { IMAGE } from "../../operations/verify/job/manifest";
import { outputsFor } from "../operations/verify/fakeGateway";
import { urn } from "../operations/support/fakes";

const FILE = path.join(__dirname, "../../docs/operations.md");
/** The page in one line: its lines are broken elsewhere than those of a terminal. */
const page = oneLine(fs.readFileSync(FILE, "utf8"));

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

test("it has the words and the command with which a leftover is named", () => {
  const type = "gcp:compute/network:Network";
  const user = "projects/my-project/global/firewalls/gke-gke-east-1a2b3c4d-mcsd";
  const messages = [`The network resource 'n' is already being used by '${user}'`];
  const failures = [{ operation: "delete", type, urn: urn(type, "network"), messages }];
  const outcome: Outcome = { kind: "failed", errors: [], failures };
  const refusal = refusalOf(outcome);
  if (!refusal) throw new Error("it is none that passes");
  const [sentence = "", command = ""] = stillRefused(refusal, 30);
  expect(page).toContain(`${oneLine(sentence)} ${command.trim()}`);
});

test("it has the words with which a gateway without a healthy model server is reported", () => {
  const gateway = gatewayOf(outputsFor({ "us-east4": "http://10.4.0.9" }), "stack dev");
  const answer = { status: 503, type: "text/plain", text: "no healthy upstream" };
  const verdict = completion(gateway).judge(answer);
  if (verdict.status !== "failed") throw new Error("it passes");
  const [words = ""] = verdict.why.split("kubectl get pods");
  expect(page).toContain(`completion failed ${verdict.came} http://10.4.0.9 POST /v1/completions`);
  expect(page).toContain(`${words}kubectl get pods ...`);
  expect(page).toContain(`| \`${IMAGE}\` |`);
});

test("it has the words with which somebody else's fleet is refused", async () => {
  const configMembership = "projects/my-project/locations/global/memberships/edge";
  const theirs = { specs: [{ multiclusteringresses: [{ configMembership }] }] };
  const args = { project: "my-project", membershipIds: ["gke-east", "gke-west"] };
  const said = await claimFleet(args, () => Promise.resolve(theirs)).catch(
    (error: unknown) => (error as Error).message,
  );
  const [first = ""] = String(said).split(". ");
  expect(page).toContain(`${first}. ...`);
});
