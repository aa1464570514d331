'use client';

import { createContext, useContext, type ReactNode } from 'react';
import { useServerClock, type ServerClock } from './use-server-clock';

const ServerClockContext = createContext<ServerClock | null>(null);

interface ServerClockProviderProps {
  ocid: string;
  /** RFC 3339, the server's clock when the page was rendered. */
  serverNow: string;
  children: ReactNode;
}

/** One clock for a page: measured once, and read once a second by nobody but those who show it. */
export function ServerClockProvider({ ocid, serverNow, children }: ServerClockProviderProps) {
  const clock = useServerClock(ocid, serverNow);
  return <ServerClockContext value={clock}>{children}</ServerClockContext>;
}

/** The server's clock. @throws outside of a `ServerClockProvider` */
export function useClock(): ServerClock {
  const clock = useContext(ServerClockContext);
  if (!clock) throw new Error('There is no ServerClockProvider around this');
  return clock;
}
