import { defineConfig } from 'prisma/config';

// No datasource here: the application migrates through lib/server/migrate.ts. `prisma migrate deploy` works on
// the same folder when DATABASE_URL is given.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
