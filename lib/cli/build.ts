import { ensureBuild } from './production-build';

// `npm run build`: builds unless the sources are those of the last build; `--force` builds anyway.
await ensureBuild({ force: process.argv.includes('--force') });
console.log('The production build is in .next.');
