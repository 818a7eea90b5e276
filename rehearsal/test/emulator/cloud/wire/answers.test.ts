import { checkAnswer } from "../../../../emulator/cloud/wire/answers";
import { Discovery, Method } from "../../../../emulator/cloud/wire/discovery";

const discovery = Discovery.in(process.env.DISCOVERY_DOCUMENTS ?? "");

function method(id: string, version: string): Method {
  const found = discovery.versionsOf(id).find((m) => m.version === version);
  if (!found) throw new Error(`${id} ${version} is no method`);
  return found;
}

const GET_CLUSTER = "container.projects.locations.clusters.get";

describe("an answer", () => {
  test("passes as the schema has it", () => {
    const body = { name: "eu", initialNodeCount: 1, releaseChannel: { channel: "RAPID" } };
    expect(checkAnswer(discovery, method(GET_CLUSTER, "v1"), body)).toEqual({ body, faults: [] });
  });

  test("leaves out what only another version knows, without a word", () => {
    const body = { name: "eu", podSecurityPolicyConfig: { enabled: true } };
    const beta = checkAnswer(discovery, method(GET_CLUSTER, "v1beta1"), body);
    expect(beta).toEqual({ body, faults: [] });
    const stable = checkAnswer(discovery, method(GET_CLUSTER, "v1"), body);
    expect(stable).toEqual({ body: { name: "eu" }, faults: [] });
  });

  test.each([
    [
      "has a field that no version has",
      { nam: "eu" },
      `${GET_CLUSTER} (v1) answers nam, a field that it has not`,
    ],
    [
      "has such a field inside a list",
      { nodePools: [{ name: "a", machines: 3 }] },
      `${GET_CLUSTER} (v1) answers nodePools.0.machines, a field that it has not`,
    ],
    [
      "has a text where a number belongs",
      { initialNodeCount: "1" },
      `${GET_CLUSTER} (v1) answers initialNodeCount, whose type is wrong: "1"`,
    ],
    [
      "has a value that the enumeration has not",
      { status: "UP" },
      `${GET_CLUSTER} (v1) answers status, whose enum is wrong: "UP"`,
    ],
  ])("is at fault where it %s", (_case, body, fault) => {
    expect(checkAnswer(discovery, method(GET_CLUSTER, "v1"), body).faults).toEqual([fault]);
  });

  test("has whole numbers of 64 bits as text", () => {
    const { faults } = checkAnswer(discovery, method("compute.networks.get", "v1"), { id: 5 });
    expect(faults).toEqual(["compute.networks.get (v1) answers id, whose type is wrong: 5"]);
  });

  test("is held against the schema of a message that it has inside", () => {
    const type = "type.googleapis.com/google.cloud.gkehub";
    const body = (version: string, more: object = {}) => ({
      response: { "@type": `${type}.${version}.Membership`, name: "m", ...more },
    });
    const id = "gkehub.projects.locations.operations.get";
    const [stable, beta] = [method(id, "v1"), method(id, "v1beta1")];
    const known = { infrastructureType: "MULTI_CLOUD" };
    expect(checkAnswer(discovery, beta, body("v1beta1", known)).body).toEqual(
      body("v1beta1", known),
    );
    expect(checkAnswer(discovery, stable, body("v1", known))).toEqual({
      body: body("v1"),
      faults: [],
    });
    expect(checkAnswer(discovery, stable, body("v1", { nam: "m" })).faults).toEqual([
      `${id} (v1) answers response.nam, a field that it has not`,
    ]);
  });

  test("is empty where the method has none", () => {
    const none = method("dns.managedZones.delete", "v1");
    expect(checkAnswer(discovery, none, {}).faults).toEqual([]);
    expect(checkAnswer(discovery, none, { kind: "x" }).faults).toEqual([
      "dns.managedZones.delete: has no answer, and got one",
    ]);
  });
});
