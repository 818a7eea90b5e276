import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { type Browser, launch } from "puppeteer-core";

import { devDependencies } from "../../package.json";

const PACKAGE = "@sparticuz/chromium";
const CACHE = path.resolve("node_modules/.cache/browser");
const DEBIANS = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** Starts a headless browser: the one in the npm package, which is for Linux on x64, or else Debian's. */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, libraries, args } = process.arch === "x64" ? unpacked() : installed();
  return launch({
    executablePath,
    headless: "shell",
    // Containers often run as root, where the browser's sandbox does not start. It loads nothing but our own pictures and pages.
    args: ["--no-sandbox", "--disable-gpu", ...args],
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  });
}

/** The package's browser, with the libraries that a system may lack. To unpack it takes five seconds, once. */
function unpacked() {
  const folder = path.join(CACHE, devDependencies[PACKAGE]);
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(CACHE, { recursive: true });
    const scratch = fs.mkdtempSync(path.join(CACHE, "unpack-"));
    const code = `import("${PACKAGE}").then(({ default: chromium }) => chromium.executablePath())`;
    // It unpacks into the temporary directory, and its libraries only on AWS Lambda.
    const env = { ...process.env, TMPDIR: scratch, AWS_EXECUTION_ENV: "nodejs20.x" };
    execFileSync(process.execPath, ["-e", code], { env });
    rename(scratch, folder);
  }
  return {
    executablePath: path.join(folder, "chromium"),
    libraries: path.join(folder, "al2023/lib"),
    // It is built for one process, which starts in half the time of the usual six.
    args: ["--single-process", "--no-zygote"],
  };
}

/** Whole, or not at all: another run of the tests may have been faster. */
function rename(scratch: string, folder: string): void {
  try {
    fs.renameSync(scratch, folder);
  } catch (error) {
    fs.rmSync(scratch, { recursive: true });
    if (!fs.existsSync(folder)) throw error;
  }
}

function installed() {
  const executablePath = DEBIANS.find((file) => fs.existsSync(file));
  if (executablePath) return { executablePath, libraries: process.env.LD_LIBRARY_PATH, args: [] };
  throw new Error(
    `There is no browser to look at pictures with: the npm package ${PACKAGE} has one for x64 only, and this machine ` +
      `is ${process.arch}. Install Debian's: apt-get install chromium`,
  );
}
