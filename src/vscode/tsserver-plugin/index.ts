/**
 * Runs inside the editor's TypeScript server: lets `import … from "concurrency-playground"` find the extension's own
 * declarations where the project has none, so that a student's file needs no installation; and tells TypeScript's false errors
 * of shared variables from real ones.
 */
import * as path from "node:path";
import type ts from "typescript/lib/tsserverlibrary";
import { withoutFalseNarrowing } from "./narrowing";

const MODULE = "concurrency-playground";
/** From node_modules/concurrency-playground-tsserver-plugin of the extension. */
const DECLARATIONS = path.join(__dirname, "..", "..", "dist", "types", "api.d.ts");
/** Node's own modules that a snippet of worker threads or processes imports. */
const NODE_MODULE = /^(?:node:\w|(?:worker_threads|child_process|cluster)$)/;

/** The part of a long file that is on the screen; not among the published types. */
interface RegionDiagnostics {
  getRegionSemanticDiagnostics?(file: string, ranges: unknown): { diagnostics: ts.Diagnostic[] } | undefined;
}

function init({ typescript }: { typescript: typeof ts }): ts.server.PluginModule {
  const extension = typescript.Extension.Dts;

  function create(info: ts.server.PluginCreateInfo): ts.LanguageService {
    const host = info.languageServiceHost;
    const resolve = host.resolveModuleNameLiterals?.bind(host);
    if (!resolve) return filtered(typescript, info.languageService);
    const nodeTypes = (file: string): string | undefined =>
      typescript.resolveTypeReferenceDirective("node", file, info.project.getCompilerOptions(), typescript.sys).resolvedTypeReferenceDirective
        ?.resolvedFileName;
    host.resolveModuleNameLiterals = (literals, containingFile, ...rest) => {
      const found = resolve(literals, containingFile, ...rest);
      return found.map((result, index) => {
        if (result.resolvedModule) return result;
        const name = literals[index]?.text ?? "";
        if (name === MODULE) return declaredIn(DECLARATIONS, extension);
        // Node's modules have no file of their own: whichever declarations hold them, the project's come first.
        if (NODE_MODULE.test(name) && !/[\\/]node_modules[\\/]/.test(containingFile)) {
          return declaredIn(nodeTypes(containingFile) ?? DECLARATIONS, extension);
        }
        return result;
      });
    };
    return filtered(typescript, info.languageService);
  }

  return { create };
}

/** The same service; what it says of shared variables leaves out what another task may have changed. */
function filtered(typescript: typeof ts, service: ts.LanguageService): ts.LanguageService {
  const proxy = Object.create(service) as ts.LanguageService;
  proxy.getSemanticDiagnostics = (file) => withoutFalseNarrowing(typescript, service.getProgram(), service.getSemanticDiagnostics(file));
  const { getRegionSemanticDiagnostics } = service as RegionDiagnostics;
  if (getRegionSemanticDiagnostics) {
    (proxy as RegionDiagnostics).getRegionSemanticDiagnostics = (file, ranges) => {
      const found = getRegionSemanticDiagnostics.call(service, file, ranges);
      return found && { ...found, diagnostics: withoutFalseNarrowing(typescript, service.getProgram(), found.diagnostics) };
    };
  }
  return proxy;
}

function declaredIn(resolvedFileName: string, extension: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName, extension, isExternalLibraryImport: true } };
}

/** TypeScript asks for the module itself to be this function: the build sees to that. */
export default init;
