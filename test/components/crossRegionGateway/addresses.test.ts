import { addressesByRegion, addressIn } from "../../../components/crossRegionGateway/addresses";

const REGIONS = ["europe-west3", "us-east4"];
const EPHEMERAL = "networking.gke.io/ephemeral-ipv4-address";

test("an address whose type ends in a region is that region's, wherever it stands", () => {
  const addresses = [
    { type: `${EPHEMERAL}/us-east4`, value: "10.0.0.2" },
    { type: `${EPHEMERAL}/europe-west3`, value: "10.0.0.1" },
  ];
  expect(addressesByRegion(REGIONS, { addresses })).toEqual({
    "europe-west3": "10.0.0.1",
    "us-east4": "10.0.0.2",
  });
});

test("an address of another type is told by its place", () => {
  const addresses = [{ value: "10.0.0.1" }, { type: "IPAddress", value: "10.0.0.2" }];
  expect(addressesByRegion(REGIONS, { addresses })).toEqual({
    "europe-west3": "10.0.0.1",
    "us-east4": "10.0.0.2",
  });
});

test("nothing is made up: no region for an address too many, no address without a status", () => {
  const addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map((value) => ({ value }));
  expect(Object.keys(addressesByRegion(REGIONS, { addresses }))).toEqual(REGIONS);
  expect(addressesByRegion(REGIONS, {})).toEqual({});
  expect(addressesByRegion(REGIONS, undefined)).toEqual({});
});

test("a region without an address is an error that says what to do", () => {
  const addresses = { "europe-west3": "10.0.0.1" };
  expect(addressIn(addresses, "europe-west3")).toBe("10.0.0.1");
  expect(() => addressIn(addresses, "us-east4")).toThrow(
    "the gateway has no address in us-east4, only in europe-west3: run `pulumi refresh`, then `pulumi up` again",
  );
  expect(() => addressIn({}, "us-east4")).toThrow("has no address in us-east4, only in no region");
});
