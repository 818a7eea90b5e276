// Parts of the SDK that only a serialized function needs: TypeScript's compiler, and npm's reader of installed packages.
// They took half of a command's start, so they load at their first use.
const Module = require("node:module");

const sdk = Module.createRequire(require.resolve("@pulumi/pulumi"));

for (const name of ["./typescript-shim", "@npmcli/arborist"]) {
  loadLate(sdk.resolve(name));
}

function loadLate(file) {
  const late = new Module(file);
  late.loaded = true;
  const whole = () => {
    if (sdk.cache[file] === late) {
      Reflect.deleteProperty(sdk.cache, file);
    }
    return sdk(file);
  };
  // A compiled import copies every member of what is not an ES module, and so would load it.
  late.exports = new Proxy({}, { get: (_, key) => key === "__esModule" || whole()[key] });
  sdk.cache[file] ??= late;
}
