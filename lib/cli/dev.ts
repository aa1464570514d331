import { runApplication } from './application';

// `npm run dev`: as `npm start`, with pages and worker reloaded when their files change.
await runApplication('dev');
