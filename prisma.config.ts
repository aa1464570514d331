import { defineConfig } from 'prisma/config';

// No datasource here: the application migrates through lib/server/migrate.ts. `prisma migrate deploy` works on
// the same folder when DATABASE_OWNER_URL (or DATABASE_URL) is given.
const url = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
