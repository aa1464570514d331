import * as z from 'zod/mini';

/** What signing in takes; parsed in the browser and again by the action. Limits keep absurd input away from the hash. */
export const signInSchema = z.object({
  email: z.email().check(z.maxLength(254)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
});

export type SignInInput = z.infer<typeof signInSchema>;
