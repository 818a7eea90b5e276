import { CHART_VERSIONS, NEWEST_CHART } from "../../catalog/chartVersions";
import { MODULE_FILES } from "../../rehearsal/toolchain/moduleFiles";

describe("chart versions", () => {
  test("the newest is the default", () => {
    expect(CHART_VERSIONS.at(-1)).toBe(NEWEST_CHART);
  });

  test("each can be rendered in a rehearsal", () => {
    const names = MODULE_FILES.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(
        CHART_VERSIONS.map((version) => `inference-extension-config-${version}`),
      ),
    );
  });
});
