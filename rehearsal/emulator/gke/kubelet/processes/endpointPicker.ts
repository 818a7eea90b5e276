import { type Flag, numberOf, type Program, readFlags, writeFlags } from "./program";

/** Ports of the picker with their defaults, by flag. Source: pkg/epp/server/options.go, v1.5.0. */
const PORTS: Readonly<Record<string, number>> = {
  "--grpc-port": 9002,
  "--grpc-health-port": 9003,
  "--metrics-port": 9090,
};

/** The endpoint picker itself. Only its ports change: it has no flag for the address that it listens on. */
export const endpointPicker: Program = {
  binary: "endpointPicker",
  image: /(^|\/)(epp|llm-d-router-endpoint-picker)$/,
  listens: ({ args = [] }) => {
    const { flags } = readFlags(args);
    return Object.entries(PORTS).map(([name, port]) => numberOf(flags, name, port));
  },
  args: ({ args = [] }, { ports }) => {
    const { alone, flags } = readFlags(args);
    const moved = Object.entries(PORTS).map(([name, byDefault]): Flag => {
      const port = numberOf(flags, name, byDefault);
      return { name, values: [String(ports.get(port) ?? port)] };
    });
    return [
      ...alone,
      ...writeFlags(flags.filter(({ name }) => !(name in PORTS))),
      ...writeFlags(moved),
    ];
  },
};
