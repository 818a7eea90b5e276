import { loopbackRange } from "../../../../../emulator/gke/kubelet/processes/loopback";

test("pods with processes have loopback addresses, other ones in another cloud", () => {
  const [here, there] = ["/state/a", "/state/b"].map((cloud) =>
    loopbackRange("10.80.1.0/24", cloud),
  );
  expect(here).toMatch(/^127\.\d+\.1\.0\/24$/);
  expect(there).toMatch(/^127\.\d+\.1\.0\/24$/);
  expect(here).not.toBe(there);
});

test("nodes of one cloud keep apart, and none gets the range of the machine's own services", () => {
  const ranges = Array.from({ length: 255 }, (_, i) => loopbackRange(`10.${i}.0.0/24`, "/state"));
  expect(new Set(ranges).size).toBe(255);
  expect(ranges).not.toContain("127.0.0.0/24");
});
