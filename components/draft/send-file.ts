import type { Upload } from '@/lib/procedure/decision';

/** Bytes; the server refuses more. */
export const MOST_BYTES = 100 * 1024 * 1024;

export type SendOutcome = { ok: true; upload: Upload } | { ok: false; message: string | null };

export interface Sending {
  done: Promise<SendOutcome>;
  cancel: () => void;
}

/** The media type that the browser guesses; the server looks at the bytes. */
function address(tenderId: string, file: File): string {
  const query = new URLSearchParams({ tender: tenderId, name: file.name, type: file.type });
  return `/api/v1/uploads?${query.toString()}`;
}

function outcomeOf(request: XMLHttpRequest): SendOutcome {
  try {
    const body = JSON.parse(request.responseText) as Record<string, unknown>;
    if (request.status === 201)
      return { ok: true, upload: { ...(body as unknown as Upload), kind: 'document' } };
    return { ok: false, message: typeof body.message === 'string' ? body.message : null };
  } catch {
    // A proxy in between answered, not the registry.
    return { ok: false, message: null };
  }
}

/**
 * Streams one file to the registry. XMLHttpRequest, because fetch reports no progress of what it sends.
 * @param onProgress bytes sent so far
 */
export function sendFile(options: {
  tenderId: string;
  file: File;
  language: string;
  onProgress: (sent: number) => void;
}): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<SendOutcome>((resolve) => {
    const failed = () => resolve({ ok: false, message: null });
    request.upload.onprogress = (event) => options.onProgress(event.loaded);
    request.onload = () => resolve(outcomeOf(request));
    request.onerror = failed;
    request.ontimeout = failed;
    request.onabort = failed;
  });
  request.open('POST', address(options.tenderId, options.file));
  request.setRequestHeader('Accept-Language', options.language);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(options.file);
  return { done, cancel: () => request.abort() };
}

/** Takes an upload back. Null when it is gone, else the sentence of the refusal. */
export async function removeFile(
  id: string,
  language: string,
): Promise<{ ok: boolean; message: string | null }> {
  try {
    const response = await fetch(`/api/v1/uploads/${id}`, {
      method: 'DELETE',
      headers: { 'Accept-Language': language },
    });
    // Somebody else removed it before: what was wanted is so.
    if (response.ok || response.status === 404) return { ok: true, message: null };
    const body = (await response.json()) as { message?: string };
    return { ok: false, message: body.message ?? null };
  } catch {
    return { ok: false, message: null };
  }
}
