import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { nextCookies } from 'better-auth/next-js';
import { organization } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { db } from './db';
import { env } from './env';

/** Roles that an organization may give its people. What a role may do is `lib/procedure/permissions.ts`, not here. */
export const MEMBER_ROLES = [
  'officer',
  'approver',
  'regulator',
  'observer',
  'evaluator',
  'tenderer',
  'auditor',
  'reviewer',
] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

// better-auth's own organization roles are not used for authorization; all of ours are without its privileges.
const access = createAccessControl({ organization: [], member: [], invitation: [] });
const roles = Object.fromEntries(MEMBER_ROLES.map((role) => [role, access.newRole({})]));

function build() {
  const { AUTH_SECRET, BASE_URL } = env();
  return betterAuth({
    appName: 'Tenderproof',
    baseURL: BASE_URL,
    secret: AUTH_SECRET,
    trustedOrigins: [BASE_URL],
    telemetry: { enabled: false },
    database: prismaAdapter(db(), { provider: 'postgresql' }),
    // Accounts are given by the operator's command or by an organization: nobody becomes an officer by signing up.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12 },
    session: { expiresIn: 12 * 3600, updateAge: 3600 },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 120 },
    advanced: { cookiePrefix: 'tenderproof', useSecureCookies: BASE_URL.startsWith('https:') },
    plugins: [organization({ ac: access, roles, allowUserToCreateOrganization: false }), nextCookies()],
  });
}

const holder = globalThis as typeof globalThis & { tenderproofAuth?: ReturnType<typeof build> };

/** Accounts and sessions, made at first use. */
export const auth = (): ReturnType<typeof build> => (holder.tenderproofAuth ??= build());
