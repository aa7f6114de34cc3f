/**
 * Runs inside the editor's TypeScript server: lets `import … from "concurrency-playground"` find the extension's own
 * declarations where the project has none, so that a student's file needs no installation.
 */
import * as path from "node:path";
import type ts from "typescript/lib/tsserverlibrary";

const MODULE = "concurrency-playground";
/** From node_modules/concurrency-playground-tsserver-plugin of the extension. */
const DECLARATIONS = path.join(__dirname, "..", "..", "dist", "types", "api.d.ts");
/** Node's own modules that a snippet of worker threads or processes imports. */
const NODE_MODULE = /^(?:node:\w|(?:worker_threads|child_process|cluster)$)/;

function init({ typescript }: { typescript: typeof ts }): ts.server.PluginModule {
  const extension = typescript.Extension.Dts;

  function create(info: ts.server.PluginCreateInfo): ts.LanguageService {
    const host = info.languageServiceHost;
    const resolve = host.resolveModuleNameLiterals?.bind(host);
    if (!resolve) return info.languageService;
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
    return info.languageService;
  }

  return { create };
}

function declaredIn(resolvedFileName: string, extension: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName, extension, isExternalLibraryImport: true } };
}

/** TypeScript asks for the module itself to be this function: the build sees to that. */
export default init;
