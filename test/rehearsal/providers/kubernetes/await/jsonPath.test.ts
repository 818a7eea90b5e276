import { parseJsonPath } from "../../../../../rehearsal/providers/kubernetes/await/jsonPath";

const OBJECT = {
  spec: { replicas: 2, "dotted.key": "x", "a-b": true, none: null },
  status: {
    addresses: [
      { type: "IP", value: "10.0.0.1" },
      { type: "IP", value: "10.0.0.2" },
      { type: "Host", value: "h", port: 80 },
    ],
    byRegion: { eu: { ready: true }, us: { ready: false } },
  },
};

it.each([
  ["$.spec.replicas", [2]],
  [".spec.replicas", [2]],
  ["$['spec']['dotted.key']", ["x"]],
  ['$.spec["a-b"]', [true]],
  [".spec.a-b", [true]],
  [".spec.none", [null]],
  [".spec.gone", []],
  [".spec.replicas.deeper", []],
  [".status.addresses[0].value", ["10.0.0.1"]],
  [".status.addresses[-1].value", ["h"]],
  [".status.addresses[7]", []],
  [".status.addresses.length", []],
  [".status.addresses[*].value", ["10.0.0.1", "10.0.0.2", "h"]],
  [".status.byRegion.*.ready", [true, false]],
  ['.status.addresses[?@.type=="Host"].value', ["h"]],
  ['.status.addresses[?(@.type=="IP")].value', ["10.0.0.1", "10.0.0.2"]],
  [".status.addresses[?(@.type=='IP' && @.value=='10.0.0.2')].value", ["10.0.0.2"]],
  [".status.addresses[?@.port].value", ["h"]],
  [".status.addresses[?@.port==80].value", ["h"]],
  ['.status.addresses[?@.port=="80"].value', []],
  [".status.byRegion[?@.ready==true]", [{ ready: true }]],
  ['.status.addresses[? @.type == "Host" ].value', ["h"]],
])("%s", (path, nodes) => {
  expect(parseJsonPath(path).select(OBJECT)).toEqual(nodes);
});

const HELP = 'names, [0], [*] and filters such as [?@.type=="Ready"] are';

it.each([
  ["$", '"$": the path selects nothing below the object'],
  ["status", `"status": not understood at "status"; ${HELP}`],
  [".a..b", `".a..b": not understood at ".b"; ${HELP}`],
  [".a[", `".a[": not understood at its end; ${HELP}`],
  [".a[0:2]", `".a[0:2]": not understood at ":2]"; ${HELP}`],
  [".a[?@.b!=1]", `".a[?@.b!=1]": not understood at "!=1]"; ${HELP}`],
  [".a[?(@.b==1]", `".a[?(@.b==1]": not understood at "]"; ${HELP}`],
  [".a[?@.b==x]", `".a[?@.b==x]": not understood at "x]"; ${HELP}`],
])("%s is refused", (path, message) => {
  expect(() => parseJsonPath(path)).toThrow(new Error(message));
});
