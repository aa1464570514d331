import type { ActResult } from '@/lib/forms/act-result';
import type { SignInInput } from './schema';

/** Why nobody was signed in; the sentences are the texts `signin.refused`. */
export type SignInRefusal = 'wrong' | 'tooMany';

/**
 * Asks the account endpoint itself rather than a server action: only there are attempts counted and limited.
 * @throws TypeError without a connection, Error on an answer that no refusal explains
 */
export async function requestSignIn(
  input: SignInInput,
  say: (refusal: SignInRefusal) => string,
): Promise<ActResult> {
  const answer = await fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: input.email, password: input.password }),
  });
  if (answer.ok) return { ok: true };
  if (answer.status === 429) return { ok: false, code: 'too-many-requests', message: say('tooMany') };
  // 400 and 401 must read alike: whether an address has an account is nobody's business.
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    return { ok: false, code: 'not-signed-in', message: say('wrong') };
  }
  throw new Error(`the account endpoint answered ${answer.status}`);
}
