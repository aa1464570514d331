import fs from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { keptMessages, type KeptTexts } from './messages';

/** How the product starts a worker; bundlers of sites make a file of it, and one file has no other beside it. */
const WORKER = /new Worker\(new URL\('(\.\/[^']+\.ts)', import\.meta\.url\),\s*\{\s*type: 'module',?\s*\}\)/g;

const options = (root: string): BuildOptions & { metafile: true; write: false } => ({
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  // The licences of what is in it travel along.
  legalComments: 'eof',
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: { '@': root },
  // What stands here and not in a file cannot differ between two computers.
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', target: 'es2022', useDefineForClassFields: true } },
  // A worker that is started in another way than WORKER knows would be looked for beside the file.
  logOverride: { 'empty-import-meta': 'error' },
  logLevel: 'silent',
});

/** One entry with all that it imports, as one script. */
async function bundle(
  root: string,
  entry: string,
  kept: KeptTexts,
): Promise<{ text: string; metafile: Metafile }> {
  const plugins = [messages(kept), workers(root, kept)];
  const built = await build({ ...options(root), plugins, entryPoints: [path.join(root, entry)] });
  const [output] = built.outputFiles;
  if (output === undefined) throw new Error(`${entry} gave no script`);
  return { text: output.text, metafile: built.metafile };
}

function messages(kept: KeptTexts): Plugin {
  return {
    name: 'messages',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]i18n[/\\]messages[/\\][a-z]+[/\\]\w+\.json$/ }, async ({ path: file }) => {
        const contents = keptMessages(kept, path.basename(file, '.json'), await fs.readFile(file, 'utf8'));
        return { contents, loader: 'json' };
      });
    },
  };
}

/** Workers start from their text, which stands in the page: from the disk, browsers load no second file. */
function workers(root: string, kept: KeptTexts): Plugin {
  return {
    name: 'workers',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]lib[/\\]browser[/\\].*\.ts$/ }, async ({ path: file }) => {
        const source = await fs.readFile(file, 'utf8');
        const texts: string[] = [];
        for (const [, relative = ''] of source.matchAll(WORKER)) {
          const entry = path.relative(root, path.resolve(path.dirname(file), relative));
          texts.push((await bundle(root, entry, kept)).text);
        }
        let at = 0;
        const contents = source.replace(WORKER, () => `new Worker(${blobUrl(texts[at++] ?? '')})`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

const blobUrl = (text: string): string =>
  `URL.createObjectURL(new Blob([${JSON.stringify(text)}], { type: 'text/javascript' }))`;

export interface InlineScript {
  readonly text: string;
  /** The files of the repository that it is made of, from its root, sorted. */
  readonly sources: readonly string[];
}

/**
 * A program as one script, workers and texts included.
 * @param entry its first file, from the root of the repository
 */
export async function inlineScript(root: string, entry: string, kept: KeptTexts): Promise<InlineScript> {
  const { text, metafile } = await bundle(root, entry, kept);
  const sources = Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules'));
  return { text, sources: sources.map((file) => file.split(path.sep).join('/')).sort() };
}
