import { logger } from '../log';
import { world } from '../world';
import { openReader } from './read-room';
import { openRooms, type Rooms } from './rooms';

const holder = globalThis as typeof globalThis & { tenderproofRooms?: Rooms };

/**
 * A server that is asked to stop first waits for its answers to end, and these do not by themselves. Only where
 * somebody else ends the process: a listener of ours alone would keep it from ending.
 */
function closeOnSignals(rooms: Rooms): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    if (process.listenerCount(signal) > 0) process.once(signal, () => rooms.close());
}

function makeRooms(): Rooms {
  const rooms = openRooms({
    clock: { now: () => world().clock.now() },
    open: (address) => openReader(world(), address),
    onFailure: (err) => logger().warn({ err }, 'an opening room could not be read'),
  });
  closeOnSignals(rooms);
  return rooms;
}

/** The rooms of this process. */
export function roomsHere(): Rooms {
  return (holder.tenderproofRooms ??= makeRooms());
}
