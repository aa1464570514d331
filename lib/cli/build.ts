import { ensureBuild } from './production-build';
import { ensureSingleFiles } from './single-file/ensure-all';
import { writeDigests } from './single-file/readme';

// `npm run build`: builds unless the sources are those of the last build; `--force` builds anyway. With `--readme` it makes
// the pages in one file only, and writes their digests into README.
const force = process.argv.includes('--force');
const digests = await ensureSingleFiles({ force });
if (process.argv.includes('--readme')) {
  const changed = writeDigests(digests);
  console.log(`README.md ${changed ? 'states these digests now' : 'states them already'}.`);
} else {
  await ensureBuild({ force });
  console.log('The production build is in .next.');
}
