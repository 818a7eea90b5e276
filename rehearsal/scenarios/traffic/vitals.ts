import * as fs from "node:fs";
import * as path from "node:path";

import { treeOf } from "../../stage/processes";

/** What a process that carries requests holds. */
export interface Vitals {
  pid: number;
  /** File name of its program. */
  program: string;
  /** Open files and sockets. */
  files: number;
  memoryMib: number;
}

/** What carries requests; the control planes do not. */
const CARRIERS = ["envoy", "epp", "llm-d-inference-sim"];

/** The processes of an emulated cloud that carry requests, its daemon among them. @param daemon its pid */
export function vitalsOf(daemon: number): Vitals[] {
  return treeOf([daemon]).flatMap(({ pid }) => {
    const program = path.basename(fs.readlinkSync(`/proc/${pid}/exe`));
    if (pid !== daemon && !CARRIERS.includes(program)) return [];
    const files = fs.readdirSync(`/proc/${pid}/fd`).length;
    return { pid, program: pid === daemon ? "daemon" : program, files, memoryMib: memoryOf(pid) };
  });
}

function memoryOf(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
  const [, kib = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kib) / 1024;
}
