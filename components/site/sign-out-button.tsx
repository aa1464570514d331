'use client';

import { useState } from 'react';

/** Ends the session, then loads the home page anew: no part of the old page may stay. */
export function SignOutButton({ label, home }: { label: string; home: string }) {
  const [pending, setPending] = useState(false);
  const signOut = async () => {
    if (pending) return;
    setPending(true);
    try {
      const answer = await fetch('/api/auth/sign-out', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      if (answer.ok) window.location.assign(home);
    } finally {
      setPending(false);
    }
  };
  return (
    <button
      type="button"
      aria-disabled={pending}
      onClick={() => void signOut()}
      className="min-h-11 whitespace-nowrap px-1 text-accent underline-offset-4 hover:underline"
    >
      {label}
    </button>
  );
}
