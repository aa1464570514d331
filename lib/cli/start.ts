import { runApplication } from './application';

// `npm start`: the production build, with an embedded database and chain unless DATABASE_URL names another.
await runApplication('start');
