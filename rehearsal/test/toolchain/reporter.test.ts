import { minutes, ProgressLine, reporterFor } from "../../toolchain/reporter";
import { Transcript } from "./support";

function output(extra: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text), ...extra };
}

test("a log gets every sentence, and a progress line every ten seconds", () => {
  let now = 0;
  const log = output();
  const reporter = reporterFor(log, () => now);
  for (now = 0; now <= 25_000; now += 1000) reporter.progress(`etcd ${now / 1000}`);
  reporter.say("etcd built");
  reporter.progress("");
  expect(log.written).toEqual(["etcd 10\n", "etcd 20\n", "etcd built\n"]);
});

test("a terminal shows one line that is rewritten, and cut to its width", () => {
  let now = 1000;
  const terminal = output({ isTTY: true, columns: 10 });
  const reporter = reporterFor(terminal, () => now);
  reporter.progress("etcd 1/200 packages");
  now += 100;
  reporter.progress("etcd 2/200 packages");
  now += 100;
  reporter.progress("etcd 3");
  reporter.say("etcd built in 0:20");
  reporter.progress("");
  expect(terminal.written).toEqual([
    "\r\x1b[Ketcd 1/20",
    "\r\x1b[Ketcd 3",
    "\r\x1b[Ketcd built in 0:20\n",
    "\r\x1b[K",
  ]);
});

test("works that run at the same time share the line", () => {
  const transcript = new Transcript();
  const line = new ProgressLine(transcript);
  line.set("etcd", "1/20 MB");
  line.set("pulumi", "2/60 MB");
  line.set("etcd", "20/20 MB");
  line.end("etcd");
  line.end("pulumi");
  expect(transcript.progressed).toEqual([
    "etcd 1/20 MB",
    "etcd 1/20 MB · pulumi 2/60 MB",
    "etcd 20/20 MB · pulumi 2/60 MB",
    "pulumi 2/60 MB",
    "",
  ]);
});

test("durations are minutes and seconds", () => {
  expect([0, 9_400, 72_000, 600_000].map(minutes)).toEqual(["0:00", "0:09", "1:12", "10:00"]);
});
