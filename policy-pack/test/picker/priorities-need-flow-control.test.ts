import { UNKNOWN } from "../support/unknown";
import { prioritiesNeedFlowControl } from "../../picker/priorities-need-flow-control";
import {
  configText,
  inCluster,
  inference,
  objective,
  picker,
  pickerConfig,
  pool,
  replaced,
} from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const VARIABLE = "ENABLE_EXPERIMENTAL_FLOW_CONTROL_LAYER";

const findings = findingsOf(prioritiesNeedFlowControl);

const idle = (given: unknown = 10, name = "picker") =>
  `spec.priority: ${String(given)} has no effect, because the endpoint picker ${name} runs ` +
  "without flow control; add flowControl to featureGates of its EndpointPickerConfig, or leave " +
  "the priority out";

const withConfig = (head: string) =>
  changed(pickerConfig, "data", { "plugins.yaml": configText(head) });
const withArgs = (...args: unknown[]) =>
  changed(picker, `${CONTAINER}.args`, ["--pool-name", "llm", ...args]);
const withVariable = (variable: object) =>
  changed(picker, `${CONTAINER}.env`, [{ name: VARIABLE, ...variable }]);

const noGate = withConfig("");
const without = replaced(inference, noGate);

test.each<[string, readonly Registered[]]>([
  ["the good stack", inference],
  ["two clusters", [...inference, ...inCluster(inference, "other")]],
  [
    "a gate in a list",
    replaced(inference, withConfig('featureGates: ["dataLayer", "flowControl"]')),
  ],
  [
    "a gate behind another",
    replaced(inference, withConfig("featureGates:\n- dataLayer # on\n- flowControl")),
  ],
  [
    "a configuration in JSON",
    replaced(
      inference,
      changed(pickerConfig, "data", {
        "plugins.yaml": '{"featureGates":["flowControl"],"plugins":[]}',
      }),
    ),
  ],
  [
    "a text for it",
    replaced(without, withArgs("--config-text", configText("featureGates: [flowControl]"))),
  ],
  ["the variable", replaced(without, withVariable({ value: "true" }))],
  ["a variable from elsewhere", replaced(without, withVariable({ valueFrom: {} }))],
  ["priority 0", replaced(without, changed(objective, "spec.priority", 0))],
  [
    "a negative priority, which is refused first",
    replaced(without, changed(objective, "spec.priority", -1)),
  ],
  ["no priority", replaced(without, changed(objective, "spec.priority"))],
  ["no spec", replaced(without, changed(objective, "spec"))],
  ["another pool", replaced(without, changed(objective, "spec.poolRef.name", "other"))],
  ["no pool", without.filter(({ name }) => name !== "pool")],
  ["no picker", without.filter(({ name }) => name !== "picker")],
  [
    "a configuration that another stack has",
    without.filter(({ name }) => name !== "picker-config"),
  ],
  [
    "a file that the map does not have",
    replaced(without, withArgs("--config-file=/config/other.yaml")),
  ],
  ["a file of nobody's", replaced(without, withArgs("--config-file=/etc/plugins.yaml"))],
  [
    "a configuration that is not known yet",
    replaced(without, changed(pickerConfig, "data", UNKNOWN)),
  ],
  [
    "a picker of somebody's own",
    replaced(without, changed(picker, `${CONTAINER}.image`, "x/picker:v1")),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[]]>([
  ["no gates", without],
  ["other gates", replaced(inference, withConfig("featureGates:\n  - dataLayer"))],
  ["the gate's name elsewhere", replaced(inference, withConfig("# featureGates: [flowControl]"))],
  ["no configuration", replaced(inference, withArgs("--v", "1"))],
  ["a text without", replaced(inference, withArgs("--config-text", configText("")))],
  ["the variable off", replaced(without, withVariable({ value: "false" }))],
  [
    "a file of another name",
    replaced(
      inference,
      changed(changed(pickerConfig, "data", { mine: configText("") }), "metadata.labels", {
        app: "x",
      }),
      changed(picker, "spec.template.spec.volumes.0.configMap.items", [
        { key: "mine", path: "plugins.yaml" },
      ]),
    ),
  ],
  [
    "a file that is mounted alone",
    replaced(
      without,
      changed(picker, `${CONTAINER}.volumeMounts`, [
        { name: "plugins", mountPath: "/config/plugins.yaml", subPath: "plugins.yaml" },
      ]),
    ),
  ],
  [
    "llm-d's picker",
    replaced(
      without,
      changed(picker, `${CONTAINER}.image`, "ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0"),
    ),
  ],
])("finds a priority with %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([["advisory", "objective", idle()]]);
});

test("judges each cluster by its own picker", async () => {
  const other = inCluster(without, "other");
  expect(await findings([...inference, ...other])).toEqual([
    ["advisory", "other-objective", idle(10, "other-picker")],
  ]);
});

test("finds the pool in the namespace that the picker is told", async () => {
  const apart = changed(withArgs("--pool-namespace=llm"), "metadata.namespace", "pickers");
  expect(await findings(replaced(inference, apart))).toEqual([["advisory", "objective", idle()]]);
});

test("judges llm-d's kind, under a generated class's token", async () => {
  const moved = changed(objective, "apiVersion", "llm-d.ai/v1alpha2");
  expect(await findings(replaced(without, asGenerated(moved)))).toHaveLength(1);
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("finds the pool and the configuration whose names Pulumi is yet to give", async () => {
    const named = [
      changed(pool, "metadata.name"),
      changed(noGate, "metadata.name"),
      changed(objective, "spec.poolRef.name", UNKNOWN),
      {
        ...changed(
          changed(picker, `${CONTAINER}.args.1`, UNKNOWN),
          "spec.template.spec.volumes.0.configMap.name",
          UNKNOWN,
        ),
        propertyDependencies: { spec: ["kubernetes:core/v1:ConfigMap::picker-config"] },
      },
    ];
    expect(await findings(replaced(without, ...named), { firstPreview })).toEqual([
      ["advisory", "objective", idle()],
    ]);
  });

  test("does not choose between two", async () => {
    const second = { ...changed(pool, "metadata.name", "second"), name: "second" };
    const hidden = changed(objective, "spec.poolRef.name", UNKNOWN);
    expect(await findings([...replaced(without, hidden), second], { firstPreview })).toEqual([]);
  });

  test("advises where the priority is not known yet", async () => {
    const hidden = changed(objective, "spec.priority", UNKNOWN);
    expect(await findings(replaced(without, hidden))).toEqual([
      ["advisory", "objective", pending("spec.priority")],
    ]);
    expect(await findings(replaced(inference, hidden))).toEqual([]);
  });
});
