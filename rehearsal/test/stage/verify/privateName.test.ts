import { privateNameProblems } from "../../../stage/verify/privateName";

const gatewayAddresses = { "europe-west3": "10.0.0.1", "us-east4": "10.0.0.2" };

function problems(regions: Record<string, string[]>): string[] {
  const dns = [
    { zone: "other", name: "other.internal.", regions: {} },
    { zone: "dns", name: "llm.corp.internal.", regions },
  ];
  return privateNameProblems({ privateUrl: "http://llm.corp.internal", dns, gatewayAddresses });
}

test("a stack without a private name has none to verify", () => {
  expect(privateNameProblems({ privateUrl: null, dns: [], gatewayAddresses })).toEqual([]);
});

test("a name that leads each region to its own address is right", () => {
  expect(problems({ "europe-west3": ["10.0.0.1"], "us-east4": ["10.0.0.2"] })).toEqual([]);
});

test("regions that lead elsewhere, nowhere or to too much are told, and those that the gateway lacks", () => {
  expect(problems({ "europe-west3": ["10.0.0.2"], "us-east4": [] })).toEqual([
    "llm.corp.internal. leads to 10.0.0.2 in europe-west3, not to 10.0.0.1",
    "llm.corp.internal. leads to nothing in us-east4, not to 10.0.0.2",
  ]);
  expect(problems({ "europe-west3": ["10.0.0.1", "10.0.0.2"], "us-west1": ["10.0.0.3"] })).toEqual([
    "llm.corp.internal. leads to 10.0.0.1, 10.0.0.2 in europe-west3, not to 10.0.0.1",
    "llm.corp.internal. leads to nothing in us-east4, not to 10.0.0.2",
    "llm.corp.internal. leads to 10.0.0.3 in us-west1, not to nothing",
  ]);
});
