// Makes the .vsix. Not with vsce: it leaves node_modules out as a whole, and the plugin of the TypeScript server has to
// be there (TypeScript looks for plugins nowhere else). What ships is what .vscodeignore names.
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { ensurePackages, root, run, say } from "./lib/project.mjs";
import { zip } from "./lib/zip.mjs";

const LIMIT = 8 * 1024 * 1024;
const escape = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** The allowed patterns of .vscodeignore, which denies everything else. */
async function allowed() {
  const lines = (await readFile(path.join(root, ".vscodeignore"), "utf8")).split(/\r?\n/);
  const patterns = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const parts = { "**": ".*", "*": "[^/]*" };
  return patterns.map((pattern) => ({
    pattern,
    folder: pattern.split("*")[0].split("/").slice(0, -1).join("/"),
    matches: new RegExp(`^${pattern.replace(/\*\*|\*|[.+^${}()|[\]\\]/g, (part) => parts[part] ?? `\\${part}`)}$`),
  }));
}

async function filesOf() {
  const found = new Set();
  for (const { pattern, folder, matches } of await allowed()) {
    const names = await readdir(path.join(root, folder), { recursive: pattern.includes("**"), withFileTypes: true });
    const before = found.size;
    for (const entry of names) {
      const name = path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
      if (entry.isFile() && matches.test(name) && !name.endsWith(".map")) found.add(name);
    }
    if (found.size === before) throw new Error(`.vscodeignore names ${pattern}, and there is no such file`);
  }
  return [...found].sort();
}

async function manifest(about) {
  const texts = JSON.parse(await readFile(path.join(root, "package.nls.json"), "utf8"));
  const text = (value) => escape(value.replace(/^%(.+)%$/, (_, key) => texts[key]));
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escape(about.name)}" Version="${escape(about.version)}" Publisher="${escape(about.publisher)}"/>
    <DisplayName>${text(about.displayName)}</DisplayName>
    <Description xml:space="preserve">${text(about.description)}</Description>
    <Tags>${escape(about.keywords.join(","))}</Tags>
    <Categories>${escape(about.categories.join(","))}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escape(about.engines.vscode)}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="${escape(about.extensionKind.join(","))}"/>
      <Property Id="Microsoft.VisualStudio.Code.LocalizedLanguages" Value="zh-cn"/>
    </Properties>
    <License>extension/LICENSE</License>
    <Icon>extension/${escape(about.icon)}</Icon>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Changelog" Path="extension/CHANGELOG.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Icons.Default" Path="extension/${escape(about.icon)}" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}

function contentTypes(names) {
  const types = { ".json": "application/json", ".js": "application/javascript", ".css": "text/css", ".png": "image/png", ".md": "text/markdown", ".vsixmanifest": "text/xml" };
  const extensions = [...new Set([".vsixmanifest", ...names.map((name) => path.posix.extname(name)).filter(Boolean)])];
  const defaults = extensions.map((extension) => `<Default Extension="${extension}" ContentType="${types[extension] ?? "application/octet-stream"}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join("")}</Types>\n`;
}

await ensurePackages();
const build = await run(process.execPath, [path.join(root, "esbuild.mjs"), "--production"]);
if (build.code !== 0) process.exit(build.code);

const about = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
const names = await filesOf();
const files = [
  { name: "extension.vsixmanifest", data: Buffer.from(await manifest(about)) },
  { name: "[Content_Types].xml", data: Buffer.from(contentTypes(names)) },
  ...(await Promise.all(names.map(async (name) => ({ name: `extension/${name}`, data: await readFile(path.join(root, name)) })))),
];
const target = path.join(root, `${about.name}-${about.version}.vsix`);
await writeFile(target, zip(files));
const { size } = await stat(target);
say(`${path.relative(process.cwd(), target)}: ${names.length} files, ${(size / 1024 / 1024).toFixed(2)} MB`);
if (size > LIMIT) {
  say(`That is more than ${LIMIT / 1024 / 1024} MB.`);
  process.exit(1);
}
