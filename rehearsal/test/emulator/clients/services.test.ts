import { projectNumber } from "../../../emulator/cloud/numericIds";
import { PROJECT } from "../cloud/support/testCloud";
import { ran } from "./support/ran";

const done = ran("services", { apis: [] });

const parent = `projects/${projectNumber(PROJECT)}`;
const service = (api: string, state: string) => ({
  ...{ parent, state },
  name: `${parent}/services/${api}.googleapis.com`,
  config: { name: `${api}.googleapis.com` },
});
const type = (name: string) => `type.googleapis.com/google.api.serviceusage.v1.${name}`;
const operation = (apis: string[], response: object) => ({
  ...{ done: true, response },
  name: expect.stringMatching(/^operations\/acat\./),
  metadata: {
    "@type": type("OperationMetadata"),
    resourceNames: apis.map((api) => `${parent}/services/${api}.googleapis.com`),
  },
});

it("googleapis enables services, and waits for it", () => {
  const response = { "@type": type("EnableServiceResponse"), service: service("dns", "ENABLED") };
  expect(done()).toMatchObject({
    before: service("dns", "DISABLED"),
    enabled: operation(["dns"], response),
    again: { name: "operations/noop.DONE_OPERATION", done: true, response },
  });
});

it("enables several at once", () => {
  const apis = ["gkehub", "trafficdirector"];
  const services = apis.map((api) => service(api, "ENABLED"));
  const response = { "@type": type("BatchEnableServicesResponse"), services };
  expect(done().batch).toEqual(operation(apis, response));
});

it("lists those that are on", () => {
  expect((done().listed as string[][]).map((page) => page.length)).toEqual([2, 2, 2, 2]);
  expect((done().listed as string[][]).flat()).toEqual(
    expect.arrayContaining([
      ...["dns.googleapis.com", "gkehub.googleapis.com", "trafficdirector.googleapis.com"],
    ]),
  );
});

it("disables services", () => {
  const after = service("dns", "DISABLED");
  const response = { "@type": type("DisableServiceResponse"), service: after };
  expect(done()).toMatchObject({ disabled: operation(["dns"], response), after });
});

it("is told why it is refused", () => {
  expect(done()).toMatchObject({
    unknown: { code: 400, message: expect.stringMatching(/^Service 'dns' not found: /) },
    none: {
      code: 400,
      message: "0 services were given; one request enables from 1 to 20 services.",
    },
  });
});
