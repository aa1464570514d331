import { parseArgs } from 'node:util';
import readline from 'node:readline/promises';
import { MEMBER_ROLES, type MemberRole } from '@/lib/server/auth';
import { disconnect } from '@/lib/server/db';
import { createPerson } from '@/lib/server/operations/create-person';
import { world } from '@/lib/server/world';

// The operator's way to give somebody an account:
//   npx tsx lib/cli/person.ts --name "…" --email … --organization "…" --slug … --roles officer,approver
// The password is read from the terminal (or standard input), never from the command line, where others could see it.

const usage = `Usage: npx tsx lib/cli/person.ts --name NAME --email ADDRESS --organization NAME --slug SHORT-NAME --roles ${MEMBER_ROLES.join(',')}`;

async function readPassword(): Promise<string> {
  const lines = readline.createInterface({ input: process.stdin, output: process.stderr });
  const password = await lines.question('Password (at least 12 characters): ');
  lines.close();
  if (password.length < 12) throw new Error('The password must have at least 12 characters.');
  return password;
}

const isRole = (role: string): role is MemberRole => MEMBER_ROLES.some((known) => known === role);

try {
  const text = { type: 'string' } as const;
  const options = { name: text, email: text, organization: text, slug: text, roles: text };
  const { name, email, organization, slug, roles } = parseArgs({ options }).values;
  const wanted = (roles ?? '').split(',').filter(Boolean);
  if (!name || !email || !organization || !slug || wanted.length === 0 || !wanted.every(isRole))
    throw new Error(usage);
  const password = await readPassword();
  await createPerson(world(), {
    name,
    email,
    password,
    organization: { slug, name: organization },
    roles: wanted,
  });
  console.log(`${name} can sign in with ${email}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}
