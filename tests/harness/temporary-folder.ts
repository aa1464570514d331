import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A new folder under the system's temporary one, and what removes it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-test-'));
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
