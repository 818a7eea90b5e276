import { BuildMeter } from "../../toolchain/buildMeter";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("with every package in Go's cache there is only linking to wait for", () => {
  const told: string[] = [];
  const meter = new BuildMeter((state) => told.push(state));
  meter.expect(new Set());
  jest.advanceTimersByTime(1000);
  meter.stop();
  expect(told).toEqual(["linking, 0:01"]);
});

test("tells once a second of modules, then of packages of a known total, then of linking", () => {
  const told: string[] = [];
  const meter = new BuildMeter((state) => told.push(state));
  const lines = (...all: string[]) => {
    all.forEach((line) => meter.read(line));
    jest.advanceTimersByTime(1000);
  };

  lines("go: downloading example.com/one v1.0.0", "go: downloading example.com/two v1.0.0");
  meter.expect(new Set(["runtime", "example.com/one", "example.com/main"]));
  lines();
  lines("runtime", "# example.com/one", "in Go's cache already");
  lines("example.com/one", "example.com/main");
  jest.advanceTimersByTime(70_000);
  meter.stop();
  jest.advanceTimersByTime(70_000);

  expect(told.slice(0, 4)).toEqual([
    "2 modules fetched, 0:01",
    "0/3 packages, 0:02",
    "1/3 packages, 0:03",
    "3/3 packages, linking, 0:04",
  ]);
  expect(told).toHaveLength(74);
  expect(told.at(-1)).toBe("3/3 packages, linking, 1:14");
});
