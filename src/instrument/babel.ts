import type * as BabelCore from "@babel/core";
import type generator from "@babel/generator";
import type { PluginItem, types } from "@babel/core";

/** Babel's node types and the parts of it that the compiler uses. */
export type { types as t, NodePath } from "@babel/core";
export type { Binding, Scope } from "@babel/traverse";

/** What is loaded when the first snippet is compiled: Babel takes some 0.2 s to load, and nothing before needs it. */
export interface Babel {
  readonly core: typeof BabelCore;
  readonly t: typeof types;
  readonly generate: typeof generator;
  readonly typescript: PluginItem;
  readonly decorators: PluginItem;
  readonly using: PluginItem;
  readonly commonjs: PluginItem;
}

let loaded: Babel | undefined;

/** Loads Babel on first use. `require` with literal names, so that the bundler takes the modules along and runs them only then. */
export function babel(): Babel {
  if (loaded) return loaded;
  const core = require("@babel/core") as typeof BabelCore;
  loaded = {
    core,
    t: core.types,
    generate: (require("@babel/generator") as { default: typeof generator }).default,
    typescript: plugin(require("@babel/plugin-transform-typescript")),
    decorators: plugin(require("@babel/plugin-proposal-decorators")),
    using: plugin(require("@babel/plugin-transform-explicit-resource-management")),
    commonjs: plugin(require("@babel/plugin-transform-modules-commonjs")),
  };
  return loaded;
}

function plugin(module: unknown): PluginItem {
  return (module as { default: PluginItem }).default;
}
