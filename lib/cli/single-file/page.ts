import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { KeptTexts } from './messages';
import { inlineScript } from './script';
import { inlineStyles } from './styles';

/** A program of the product as one HTML file, to be opened from the disk. */
export interface SingleFile {
  /** Id of the element that the program fills. */
  readonly id: string;
  /** First file of the program, from the root of the repository. */
  readonly entry: string;
  readonly kept: KeptTexts;
  /** Whom the program may speak to, as the policy writes it. */
  readonly connect: string;
  /** What it says, in both languages, where no script runs. */
  readonly withoutScript: readonly [english: string, chinese: string];
}

const ROOT_CLASSES = 'flex min-h-dvh flex-col';
const FALLBACK = 'page py-10';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is fetched; only this script and its workers run, only this style counts. */
const policyOf = (script: string, style: string, connect: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    'img-src data:',
    `connect-src ${connect}`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');

/**
 * The program as one HTML file. The same sources and packages give the same bytes on every machine and in every folder:
 * nothing of the time, of paths or of the machine goes in.
 * @param root folder of the repository
 */
export async function buildPage(file: SingleFile, root: string): Promise<string> {
  const { text: script, sources } = await inlineScript(root, file.entry, file.kept);
  const style = await inlineStyles(root, sources, `${ROOT_CLASSES} ${FALLBACK}`);
  const icon = await fs.readFile(path.join(root, 'public/icon.svg'), 'utf8');
  for (const [what, text] of Object.entries({ script, style })) requireInline(file.id, what, text);
  // Git may have written other ends of lines on Windows.
  const drawn = Buffer.from(icon.replaceAll('\r\n', '\n')).toString('base64');
  return `${page(file, script, style, drawn)}\n`;
}

/** Within HTML these would end the element, or begin a comment in it; carriage returns would change its digest. */
function requireInline(id: string, what: string, text: string): void {
  const found = /<\/(script|style)|<!--|\r|\0/i.exec(text);
  if (found !== null) throw new Error(`The ${what} of the ${id} holds ${JSON.stringify(found[0])}`);
}

const page = (
  { id, connect, withoutScript: [english, chinese] }: SingleFile,
  script: string,
  style: string,
  icon: string,
): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style, connect)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Tenderproof</title>
<link rel="icon" href="data:image/svg+xml;base64,${icon}">
<style>${style}</style>
</head>
<body>
<div id="${id}" class="${ROOT_CLASSES}"><div class="${FALLBACK}">
<p>${english}</p>
<p lang="zh-CN">${chinese}</p>
</div></div>
<script>${script}</script>
</body>
</html>`;
