import { CannotSay } from "../support/commandExit";
import { textFile } from "../support/textFile";

import { engineEvent, type EngineEvent } from "./event";

/** The log of a stack of 10,000 resources has 60 MB. A larger one was not written by the engine. */
const MOST_BYTES = 200 * 1024 * 1024;

/** The events of a command of the engine. */
export interface EventLog {
  /** As the engine wrote them, one JSON object a line. */
  lines: string;
  events: EngineEvent[];
}

/**
 * Reads what `pulumi preview --event-log <file>` has written.
 * @throws CannotSay if it has no events, other lines than events, or no end
 */
export function readEventLog(file: string): EventLog {
  const lines = textOf(file);
  const events = lines
    .split("\n")
    .map((line, index, all) => eventOf(line, index, all.length, file));
  if (!events.at(-1)?.cancelEvent) throw brokenOff(file, events.length);
  return { lines, events };
}

function textOf(file: string): string {
  const text = textFile(file, MOST_BYTES)?.trim() ?? "";
  if (text !== "") return text;
  throw new CannotSay(
    `${file} has no event: \`pulumi\` failed before its engine began; its own output says why.`,
  );
}

function eventOf(line: string, index: number, count: number, file: string): EngineEvent {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    // Half a line at the end is all that a killed engine got to write.
    if (index > 0 && index === count - 1 && line.startsWith("{")) throw brokenOff(file, index);
    throw notAnEvent(line, index, file);
  }
  const { data } = engineEvent.safeParse(json);
  if (!data) throw notAnEvent(line, index, file);
  return data;
}

function notAnEvent(line: string, index: number, file: string): CannotSay {
  const start = line.length > 60 ? `${line.slice(0, 60)}...` : line;
  return new CannotSay(`${file}:${index + 1} is not an event of the engine: ${start}`);
}

function brokenOff(file: string, count: number): CannotSay {
  return new CannotSay(
    `${file} breaks off after ${count} events: \`pulumi\` was killed, or the file was cut; run \`pulumi\` again.`,
  );
}
