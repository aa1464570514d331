import { schemaAgreesWithMigrations } from '@/lib/server/migrate';

if (!(await schemaAgreesWithMigrations())) {
  console.error(
    'prisma/schema.prisma was changed without a migration. Run: npx tsx lib/cli/migration.ts <name>',
  );
  process.exitCode = 1;
}
