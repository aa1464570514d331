/** A reader who has taken nothing for so long is let go, in milliseconds. */
const PATIENCE = 30_000;
/** How long a browser waits before it connects again, in milliseconds. */
const RETRY = 2_000;

const encoder = new TextEncoder();

/** One event in the form of text/event-stream; the data is one line. */
export const eventText = (name: string, data: string): string => `event: ${name}\ndata: ${data}\n\n`;

/** One reader's stream of events. */
export interface EventStream {
  body: ReadableStream<Uint8Array>;
  /**
   * Sends an event. While the reader is behind, only the last of each name is kept for it: each says all there is to
   * say, and a slow reader costs no more memory than that.
   */
  send(name: string, text: string): void;
  /** A comment that keeps proxies from closing the connection; false when the reader is too slow to be kept. */
  beat(now: number): boolean;
  close(): void;
}

/** @param onGone the reader has left */
export function eventStream(onGone: () => void): EventStream {
  const waiting = new Map<string, string>();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let behindSince: number | null = null;
  const free = () => (controller?.desiredSize ?? 0) > 0;
  const write = (text: string) => controller?.enqueue(encoder.encode(text));
  const gone = () => {
    controller = null;
    onGone();
  };
  const body = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
      write(`retry: ${RETRY}\n\n`);
    },
    pull: () => {
      behindSince = null;
      if (waiting.size === 0) return;
      write([...waiting.values()].join(''));
      waiting.clear();
    },
    cancel: gone,
  });
  return {
    body,
    send: (name, text) => {
      waiting.delete(name);
      if (free()) write(text);
      else if (controller) waiting.set(name, text);
    },
    beat: (now) => {
      if (free()) write(':\n\n');
      else behindSince ??= now;
      return behindSince === null || now - behindSince < PATIENCE;
    },
    close: () => {
      const open = controller;
      controller = null;
      open?.close();
    },
  };
}
