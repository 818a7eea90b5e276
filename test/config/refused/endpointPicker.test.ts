import { type Case, linesOf, refusing } from "./support/refused";

describe("the configuration of the endpoint picker", () => {
  test.each<Case>([
    [
      "a flag that would end the endpoint picker",
      { endpointPicker: { flags: { "pool-name": "mine" } } },
      'endpointPicker.flags.pool-name: got "mine"; allowed: nothing: the program sets it',
    ],
    [
      "plugins with a profile that names none of them",
      {
        endpointPicker: {
          plugins: {
            plugins: [{ type: "queue-scorer" }],
            schedulingProfiles: [{ name: "a", plugins: [{ pluginRef: "scorer" }] }],
          },
        },
      },
      'endpointPicker.plugins.schedulingProfiles[0].plugins[0].pluginRef: got "scorer"; allowed: the name of a plugin: queue-scorer, max-score-picker',
    ],
    [
      "a chart that has no endpoint picker",
      { endpointPicker: { version: "v1.6.0" } },
      'endpointPicker.version: got "v1.6.0"; allowed: v1.4.0, v1.5.0; not v1.6.0: it has no chart and no endpoint picker, which went to llm-d/llm-d-router',
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
