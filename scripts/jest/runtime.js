// Loads packages as Node itself does, once for each worker; jest would evaluate them anew for each test file, which took
// two thirds of `make test`. Sources of the checkout are still loaded anew for each file.
const { createRequire } = require("node:module");
const { default: Runtime } = require("jest-runtime");

/** Neither a path, nor a module of Node or of jest. */
const isPackage = (name) => !/^(\.|\/|node:|@jest\/)/.test(name);

module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }

  requireActual(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireActual(from, name);
  }
};
