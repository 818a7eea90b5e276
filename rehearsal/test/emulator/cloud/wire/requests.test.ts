import { ApiError } from "../../../../emulator/cloud/errors";
import { JsonObject } from "../../../../emulator/cloud/json";
import { Discovery, Method } from "../../../../emulator/cloud/wire/discovery";
import { checkRequest } from "../../../../emulator/cloud/wire/requests";

const discovery = Discovery.in(process.env.DISCOVERY_DOCUMENTS ?? "");

function method(id: string, version: string): Method {
  const found = discovery.versionsOf(id).find((m) => m.version === version);
  if (!found) throw new Error(`${id} ${version} is no method`);
  return found;
}

const CREATE_CLUSTER = method("container.projects.locations.clusters.create", "v1beta1");
const INSERT_NETWORK = method("compute.networks.insert", "beta");
const ENABLE = method("serviceusage.services.enable", "v1");
const GET_ZONES = method("compute.zones.list", "v1");

function refusal(of: Method, body: JsonObject, query = ""): ApiError {
  try {
    checkRequest(of, new URLSearchParams(query), body);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("a request is refused", () => {
  test.each<[string, Method, JsonObject, string, string]>([
    [
      "for an unknown field at the root",
      INSERT_NETWORK,
      { name: "n", autoCreateSubnets: false },
      "",
      'Invalid JSON payload received. Unknown name "autoCreateSubnets": Cannot find field.',
    ],
    [
      "for one inside, in the spelling of protocol buffers",
      CREATE_CLUSTER,
      { cluster: { nodeConfig: { machinetype: "g2" } } },
      "",
      `Invalid JSON payload received. Unknown name "machinetype" at 'cluster.node_config': Cannot find field.`,
    ],
    [
      "for one inside a list",
      CREATE_CLUSTER,
      { cluster: { nodePools: [{ name: "a" }, { names: "b" }] } },
      "",
      `Invalid JSON payload received. Unknown name "names" at 'cluster.node_pools[1]': Cannot find field.`,
    ],
    [
      "for a text where a number is wanted",
      CREATE_CLUSTER,
      { cluster: { initialNodeCount: "three" } },
      "",
      `Invalid value at 'cluster.initial_node_count' (TYPE_INT32), "three"`,
    ],
    [
      "for a number where a text is wanted",
      CREATE_CLUSTER,
      { cluster: { name: 5 } },
      "",
      "Invalid value at 'cluster.name' (TYPE_STRING), 5",
    ],
    [
      "for a text where true or false is wanted",
      INSERT_NETWORK,
      { autoCreateSubnetworks: "yes" },
      "",
      `Invalid value at 'auto_create_subnetworks' (TYPE_BOOL), "yes"`,
    ],
    [
      "for a list where one value is wanted",
      CREATE_CLUSTER,
      { cluster: { name: ["a"] } },
      "",
      `Invalid JSON payload received. Unknown name "name" at 'cluster': Proto field is not repeating, cannot start list.`,
    ],
    [
      "for a value that an enumeration has not",
      CREATE_CLUSTER,
      { cluster: { releaseChannel: { channel: "FAST" } } },
      "",
      `Invalid value at 'cluster.release_channel.channel' (enum), "FAST"`,
    ],
    [
      "for a body where the method takes another one",
      ENABLE,
      { project: "p" },
      "",
      'Invalid JSON payload received. Unknown name "project": Cannot find field.',
    ],
    [
      "for an unknown parameter",
      GET_ZONES,
      {},
      "maxresults=3",
      `Invalid JSON payload received. Unknown name "maxresults": Cannot bind query parameter. Field 'maxresults' could not be found in request message.`,
    ],
    [
      "for a parameter of another type",
      GET_ZONES,
      {},
      "maxResults=many",
      `Invalid value at 'maxResults' (TYPE_UINT32), "many"`,
    ],
  ])("%s", (_case, of, body, query, message) => {
    const { code, status, message: said } = refusal(of, body, query);
    expect({ code, status, said }).toEqual({
      code: 400,
      status: "INVALID_ARGUMENT",
      said: message,
    });
  });

  test("for all that is wrong at once, field by field", () => {
    const error = refusal(CREATE_CLUSTER, { cluster: { nam: "a", initialNodeCount: "x" } });
    expect(error.message.split("\n")).toEqual([
      `Invalid JSON payload received. Unknown name "nam" at 'cluster': Cannot find field.`,
      `Invalid value at 'cluster.initial_node_count' (TYPE_INT32), "x"`,
    ]);
    expect(error.details).toEqual([
      {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        fieldViolations: [
          { field: "cluster", description: error.message.split("\n")[0] },
          { field: "cluster.initial_node_count", description: error.message.split("\n")[1] },
        ],
      },
    ]);
  });
});

describe("a request is taken", () => {
  test("with what only the server sets left out, and named", () => {
    const body = { name: "n", id: "5", selfLink: "https://x", autoCreateSubnetworks: false };
    const taken = checkRequest(INSERT_NETWORK, new URLSearchParams(), body);
    expect(taken.body).toEqual({ name: "n", autoCreateSubnetworks: false });
    expect(taken.ignored).toEqual([
      "compute.networks.insert: id",
      "compute.networks.insert: selfLink",
    ]);
  });

  test("with a number in place of a text of 64 bits, and a text in place of a number", () => {
    const body = {
      cluster: { nodeConfig: { diskSizeGb: "100", accelerators: [{ acceleratorCount: 2 }] } },
    };
    expect(checkRequest(CREATE_CLUSTER, new URLSearchParams(), body).body).toEqual(body);
  });

  test("with the parameters that every client of Google's sends", () => {
    const query = new URLSearchParams("alt=json&prettyPrint=false&fields=items/name&$.xgafv=2");
    expect(String(checkRequest(GET_ZONES, query, {}).query)).toBe(String(query));
  });

  test("with a parameter in the spelling of protocol buffers", () => {
    const of = method("gkehub.projects.locations.features.get", "v1beta");
    const query = new URLSearchParams("return_partial_success=true");
    expect(String(checkRequest(of, query, {}).query)).toBe("returnPartialSuccess=true");
  });

  test("with true and false as Python spells them", () => {
    const of = method("gkehub.projects.locations.features.delete", "v1");
    const query = new URLSearchParams("force=False");
    expect(String(checkRequest(of, query, {}).query)).toBe("force=false");
  });

  test("with null, which is as if the field were not there", () => {
    const body = { name: "n", description: null };
    expect(checkRequest(INSERT_NETWORK, new URLSearchParams(), body).body).toEqual(body);
  });
});
