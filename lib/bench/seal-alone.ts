import { sealFiles } from './sealing-files';

// Seals one file into another and tells the high-water mark of this process, in KiB.

const [file = '', envelope = ''] = process.argv.slice(2);
await sealFiles([file], envelope);
console.log(process.resourceUsage().maxRSS);
