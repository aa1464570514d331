import { ensureBuild } from './production-build';
import { ensureSealer, SEALER_FILE } from './sealer/ensure';

// `npm run build`: builds unless the sources are those of the last build; `--force` builds anyway.
const force = process.argv.includes('--force');
const digest = await ensureSealer({ force });
await ensureBuild({ force });
console.log('The production build is in .next.');
console.log(`The offline sealer is public/${SEALER_FILE}, SHA-256 ${digest}`);
