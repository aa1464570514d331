import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transform } from 'esbuild';
import { compile } from 'tailwindcss';

const STYLES = 'app/globals.css';
/** Everything between blanks and quotes may be a class; Tailwind leaves out what is none. */
const BETWEEN = /[\s'"`]+/;

/**
 * The styles of the site, as far as these files use them. Tailwind's own scanner of files is not asked: it is a native
 * program that may differ from one computer to the next.
 * @param extra classes that stand in no file
 */
export async function inlineStyles(root: string, files: readonly string[], extra: string): Promise<string> {
  const contents = await Promise.all(files.map((file) => fs.readFile(path.join(root, file), 'utf8')));
  const candidates = new Set([...contents, extra].flatMap((content) => content.split(BETWEEN)));
  const styles = await fs.readFile(path.join(root, STYLES), 'utf8');
  const { build } = await compile(styles, {
    base: path.join(root, 'app'),
    loadStylesheet: (id) => loadStylesheet(root, id),
  });
  const { code } = await transform(build([...candidates].sort()), {
    loader: 'css',
    minify: true,
    target: 'es2022',
    charset: 'utf8',
  });
  return code.trim();
}

/** `@import 'tailwindcss'`. */
async function loadStylesheet(root: string, id: string) {
  const file = createRequire(path.join(root, 'package.json')).resolve(`${id}/index.css`);
  return { path: file, base: path.dirname(file), content: await fs.readFile(file, 'utf8') };
}
