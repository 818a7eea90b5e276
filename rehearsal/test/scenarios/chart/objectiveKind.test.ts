import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { publishedKind } from "../../../scenarios/chart/objectiveKind";
import { asSent } from "../../../emulator/kube/registered";

describe("the kind InferenceObjective", () => {
  const config = fs.mkdtempSync(path.join(os.tmpdir(), "objective-kind-"));
  afterAll(() => fs.rmSync(config, { recursive: true }));

  test("is published with what no API server acts upon, which is left out", async () => {
    const file = path.join(
      config,
      "crd/bases/inference.networking.x-k8s.io_inferenceobjectives.yaml",
    );
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const published = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "objectives", annotations: { version: "v1.5.0" } },
      spec: {
        versions: [
          {
            description: "left out",
            properties: { description: { type: "string", description: "left out" } },
          },
        ],
      },
      status: { conditions: null },
    };
    fs.writeFileSync(file, JSON.stringify(published));
    expect(await publishedKind(config)).toEqual({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "objectives" },
      spec: { versions: [{ properties: { description: { type: "string" } } }] },
    });
  });

  test("is sent with the keys of a schema as Kubernetes spells them", () => {
    const list = [{ x_kubernetes_list_map_keys: ["type"], max_items: 8, x_other: 1 }];
    expect(asSent({ list })).toEqual({
      list: [{ "x-kubernetes-list-map-keys": ["type"], max_items: 8, x_other: 1 }],
    });
  });
});
