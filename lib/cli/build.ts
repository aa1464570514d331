import { ensureBuild } from './production-build';
import { ensureSingleFiles } from './single-file/ensure-all';

// `npm run build`: builds unless the sources are those of the last build; `--force` builds anyway.
const force = process.argv.includes('--force');
await ensureSingleFiles({ force });
await ensureBuild({ force });
console.log('The production build is in .next.');
