// Loads packages, those of jest too, as Node itself does, once for each worker; jest would evaluate them anew for each
// test file, which took two thirds of `make test`. Sources of the checkout are still loaded anew for each file, but for one.
const { createRequire } = require("node:module");
const path = require("node:path");

const { default: Runtime } = require("jest-runtime");

require("../../operations/lateModules");

/** A source whose table never changes: it keeps Google's discovery documents, 18 MB. */
const SHARED = path.resolve(__dirname, "../../rehearsal/emulator/cloud/wire/discovery");

/** Neither a path, nor a module of Node or of jest. */
const isPackage = (name) => !/^(\.|\/|node:|@jest\/)/.test(name);

let shared;

// Node.js 20 may spin without end while it frees what it holds: a worker that has ended is gone at once.
if (process.send) process.once("exit", (code) => process.reallyExit(code));

module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    if (isPackage(name)) return createRequire(from)(name);
    if (path.resolve(path.dirname(from), name) !== SHARED)
      return super.requireModuleOrMock(from, name);
    return (shared ??= super.requireModuleOrMock(from, name));
  }

  requireInternalModule(from, name) {
    return name !== undefined && isPackage(name)
      ? createRequire(from)(name)
      : super.requireInternalModule(from, name);
  }

  requireActual(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireActual(from, name);
  }
};
