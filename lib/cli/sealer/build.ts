import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { sealerScript } from './script';
import { sealerStyles } from './styles';

const ROOT_CLASSES = 'flex min-h-dvh flex-col';
const FALLBACK = 'page py-10';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is fetched and nothing sent; only this script and its workers run, only this style counts. */
const policyOf = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    'img-src data:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');

/**
 * The offline sealer as one HTML file. The same sources and packages give the same bytes on every machine and in every
 * folder: nothing of the time, of paths or of the machine goes in.
 * @param root folder of the repository
 */
export async function buildSealer(root = process.cwd()): Promise<string> {
  const { text: script, sources } = await sealerScript(root);
  const style = await sealerStyles(root, sources, `${ROOT_CLASSES} ${FALLBACK}`);
  const icon = await fs.readFile(path.join(root, 'public/icon.svg'), 'utf8');
  for (const [what, text] of Object.entries({ script, style })) requireInline(what, text);
  // Git may have written other ends of lines on Windows.
  const drawn = Buffer.from(icon.replaceAll('\r\n', '\n')).toString('base64');
  return `${page(script, style, drawn)}\n`;
}

/** Within HTML these would end the element, or begin a comment in it; carriage returns would change its digest. */
function requireInline(what: string, text: string): void {
  const found = /<\/(script|style)|<!--|\r|\0/i.exec(text);
  if (found !== null) throw new Error(`The ${what} of the sealer holds ${JSON.stringify(found[0])}`);
}

const page = (script: string, style: string, icon: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Tenderproof</title>
<link rel="icon" href="data:image/svg+xml;base64,${icon}">
<style>${style}</style>
</head>
<body>
<div id="sealer" class="${ROOT_CLASSES}"><div class="${FALLBACK}">
<p>The offline sealer needs a current browser with JavaScript.</p>
<p lang="zh-CN">离线密封工具需要启用 JavaScript 的新版浏览器。</p>
</div></div>
<script>${script}</script>
</body>
</html>`;
