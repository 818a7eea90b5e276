// Parts of packages that no command uses, which took more than half of its start: the SDK's for functions that it
// serializes, which are TypeScript's compiler and npm's reader of installed packages, and zod's messages in forty
// languages. They load at their first use.
const Module = require("node:module");

const sdk = Module.createRequire(require.resolve("@pulumi/pulumi"));

for (const file of [
  sdk.resolve("./typescript-shim"),
  sdk.resolve("@npmcli/arborist"),
  require.resolve("zod/v4/locales"),
]) {
  loadLate(file);
}

function loadLate(file) {
  const late = new Module(file);
  late.loaded = true;
  const whole = () => {
    if (require.cache[file] === late) {
      Reflect.deleteProperty(require.cache, file);
    }
    return require(file);
  };
  // A compiled import copies every member of what is not an ES module, and so would load it.
  late.exports = new Proxy({}, { get: (_, key) => key === "__esModule" || whole()[key] });
  require.cache[file] ??= late;
}
