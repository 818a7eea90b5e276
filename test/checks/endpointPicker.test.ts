import { endpointPickerProblems } from "../../checks/endpointPicker";
import { pickerPluginProblems } from "../../checks/pickerPlugins";

const BODY = {
  featureGates: ["flowControl"],
  plugins: [{ type: "queue-scorer" }, { name: "adapters", type: "lora-affinity-scorer" }],
  schedulingProfiles: [
    {
      name: "default",
      plugins: [
        { pluginRef: "queue-scorer" },
        { pluginRef: "adapters", weight: 2 },
        { pluginRef: "max-score-picker" },
      ],
    },
  ],
};

describe("plugins of the endpoint picker", () => {
  test.each(["v1.4.0", "v1.5.0"] as const)("what %s can start with is taken", (version) => {
    expect(pickerPluginProblems(BODY, version, true)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, (string | number)[], unknown, RegExp]>([
    [
      "a misspelt key",
      { schedulingProfile: [] },
      ["schedulingProfile"],
      [],
      /^one of the keys of v1\.5\.0: featureGates, plugins, schedulingProfiles, /,
    ],
    [
      "the kind",
      { kind: "EndpointPickerConfig" },
      ["kind"],
      "EndpointPickerConfig",
      /^nothing: the program writes it$/,
    ],
    ["no list", { schedulingProfiles: "default" }, ["schedulingProfiles"], "default", /^a list$/],
    [
      "an unknown gate",
      { featureGates: ["flowcontrol"] },
      ["featureGates", 0],
      "flowcontrol",
      /^one of flowControl, dataLayer, enableLegacyMetrics$/,
    ],
    [
      "an unknown plugin",
      { plugins: [...BODY.plugins, { type: "queue-score" }] },
      ["plugins", 2, "type"],
      "queue-score",
      /^a plugin of the endpoint picker v1\.5\.0: queue-scorer, /,
    ],
    [
      "a plugin without a type",
      { plugins: [...BODY.plugins, { name: "mine" }] },
      ["plugins", 2, "type"],
      undefined,
      /^a plugin of the endpoint picker v1\.5\.0: /,
    ],
    [
      "a name twice",
      { plugins: [...BODY.plugins, { name: "adapters", type: "queue-scorer" }] },
      ["plugins", 2, "name"],
      "adapters",
      /^a name that no other plugin has; left out, it is the type$/,
    ],
    [
      "a profile's name twice",
      { schedulingProfiles: [...BODY.schedulingProfiles, { name: "default" }] },
      ["schedulingProfiles", 1, "name"],
      "default",
      /^a name that no other profile has$/,
    ],
    [
      "a reference to no plugin",
      {
        schedulingProfiles: [{ name: "default", plugins: [{ pluginRef: "lora-affinity-scorer" }] }],
      },
      ["schedulingProfiles", 0, "plugins", 0, "pluginRef"],
      "lora-affinity-scorer",
      /^the name of a plugin: queue-scorer, adapters, max-score-picker$/,
    ],
  ])("%s is refused", (_, change, path, given, allowed) => {
    expect(pickerPluginProblems({ ...BODY, ...change }, "v1.5.0", true)).toEqual([
      { path, given, allowed: expect.stringMatching(allowed) as string },
    ]);
  });

  test("a plugin that a version does not have", () => {
    const body = { ...BODY, plugins: [...BODY.plugins, { type: "core-metrics-extractor" }] };
    expect(pickerPluginProblems(body, "v1.5.0", true)).toEqual([]);
    expect(pickerPluginProblems(body, "v1.4.0", true).map(({ path }) => path)).toEqual([
      ["plugins", 2, "type"],
    ]);
  });

  test("flow control that is off must not be on in them", () => {
    const allowed = "nothing, as `flowControl` is false; or set `flowControl` to true";
    const flowControl = { maxRequests: "100" };
    expect(pickerPluginProblems({ ...BODY, flowControl }, "v1.5.0", false)).toEqual([
      { path: ["featureGates", 0], given: "flowControl", allowed },
      { path: ["flowControl"], given: flowControl, allowed },
    ]);
    expect(pickerPluginProblems({ ...BODY, flowControl }, "v1.5.0", true)).toEqual([]);
  });
});

describe("an endpoint picker", () => {
  test("every problem is told, each with its key", () => {
    const problems = endpointPickerProblems({
      version: "v1.5.0",
      flowControl: false,
      flags: { v: "1", tracing: "false" },
      plugins: BODY,
    });
    expect(problems.map(({ path, given }) => [path, given])).toEqual([
      [["flags", "tracing"], "false"],
      [["plugins", "featureGates", 0], "flowControl"],
    ]);
  });

  test("plugins of a version that cannot be used are not judged", () => {
    const choice = { version: "v1.6.0", flowControl: true, flags: {}, plugins: { kind: "x" } };
    expect(endpointPickerProblems(choice)).toEqual([
      {
        path: ["version"],
        given: "v1.6.0",
        allowed:
          "v1.4.0, v1.5.0; not v1.6.0: it has no chart and no endpoint picker, which went to llm-d/llm-d-router",
      },
    ]);
  });
});
