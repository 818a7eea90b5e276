import { defaultMaintenanceDays, WEEKDAYS } from "../../../catalog/maintenance";
import { maintenanceProblem } from "../../../config/rules/maintenance";

const WHY = "GKE demands 48 hours of maintenance in every 32 days, in windows of 4 or more";

describe("days and hours of a maintenance window", () => {
  test.each([
    [["saturday", "sunday"], 6, undefined],
    [["saturday"], 12, undefined],
    [["monday", "wednesday", "friday"], 4, undefined],
    [["saturday", "sunday"], 5, `3 days or more with a window of 5 hours: ${WHY}`],
    [["saturday"], 11, `2 days or more with a window of 11 hours: ${WHY}`],
    [WEEKDAYS, 3, `days with a window of 4 to 24 whole hours, not 3: ${WHY}`],
    [["sunday"], 25, `days with a window of 4 to 24 whole hours, not 25: ${WHY}`],
    [["sunday"], 12.5, `days with a window of 4 to 24 whole hours, not 12.5: ${WHY}`],
    [["sunday", "sunday"], 6, "each day once"],
    [[], 24, `1 days or more with a window of 24 hours: ${WHY}`],
  ] as const)("on %j of %d hours: %s", (days, hours, problem) => {
    expect(maintenanceProblem(days, hours)).toBe(problem);
  });

  test("that a stack does not set are enough for GKE with the shortest window of the configuration's default", () => {
    expect(maintenanceProblem(defaultMaintenanceDays("us-east4", 0), 6)).toBeUndefined();
  });
});
