import { createHash, randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { createPerson } from '@/lib/server/operations/create-person';
import { createTender, emptyDraft } from '@/lib/server/operations/create-tender';
import { UPLOAD_LIMITS } from '@/lib/server/uploads';
import { inside } from './support/inside';

// A document of a hundred megabytes through the running web server: taken whole, and never held whole.

const PIECE = 1024 ** 2;
const PASSWORD = 'correct horse battery staple';
/** What a web server may grow by while it passes a document on, in bytes: far less than the document. */
const ROOM = 64 * PIECE;

/** Resident memory of the web server, in bytes. */
function webMemory(): number {
  const run = fs.readFileSync(path.join(inside().dataFolder, 'run.json'), 'utf8');
  const { children } = JSON.parse(run) as { children: { name: string; pid: number }[] };
  const pid = children.find(({ name }) => name === 'web')?.pid;
  const status = `/proc/${pid}/status`;
  if (fs.existsSync(status))
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(status, 'utf8'))?.[1] ?? NaN);
  return 1024 * Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
}

interface Officer {
  actor: Parameters<typeof createTender>[1];
  cookie: string;
}

/** An officer with an account and a session. */
async function officer(): Promise<Officer> {
  const { world, baseUrl } = inside();
  const email = 'archivist@large.example';
  const organization = { slug: 'large-archive', name: 'Large Archive' };
  const account = {
    name: 'Ines Archivist',
    email,
    password: PASSWORD,
    organization,
    roles: ['officer'] as const,
  };
  const { userId, organizationId } = await createPerson(world, account);
  const response = await fetch(`${baseUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  expect(response.status).toBe(200);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const where = { id: organizationId, name: organization.name };
  return { actor: { person: userId, organization: where, memberRoles: ['officer'] }, cookie };
}

interface Answer {
  status: number;
  body: { id: string; size: number; sha256: string };
  /** Of what was sent. */
  sha256: string;
  /** How far the web server's memory rose above where it began, in bytes. */
  grown: number;
}

async function send(url: string, cookie: string, size: number): Promise<Answer> {
  const before = webMemory();
  let grown = 0;
  const headers = { cookie, origin: inside().baseUrl, 'content-length': String(size) };
  const request = http.request(url, { method: 'POST', headers });
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  const hash = createHash('sha256');
  for (let sent = 0; sent < size; sent += PIECE) {
    const piece = randomBytes(PIECE);
    if (sent === 0) piece.write('%PDF-1.7\n');
    if (sent + PIECE === size) piece.write('\n%%EOF\n', PIECE - 7);
    hash.update(piece);
    if (!request.write(piece)) await once(request, 'drain');
    grown = Math.max(grown, webMemory() - before);
  }
  request.end();
  const [response] = await answered;
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const body = JSON.parse(text) as Answer['body'];
  grown = Math.max(grown, webMemory() - before);
  return { status: response.statusCode ?? 0, body, sha256: hash.digest('hex'), grown };
}

test('a document of a hundred megabytes is taken, and the web server holds only pieces of it', async () => {
  const { world, baseUrl } = inside();
  const { actor, cookie } = await officer();
  const tender = await createTender(world, actor, { ...emptyDraft(actor, 'en'), title: 'Archive' });
  if (!tender.ok) throw new Error(tender.code);
  const query = (name: string) => new URLSearchParams({ tender: tender.id, name, type: 'application/pdf' });
  const url = (name: string) => `${baseUrl}/api/v1/uploads?${query(name)}`;
  const remove = async (id: string) => {
    const headers = { cookie, origin: baseUrl };
    const response = await fetch(`${baseUrl}/api/v1/uploads/${id}`, { method: 'DELETE', headers });
    expect(response.status).toBe(204);
  };
  // The first makes the server load what it needs.
  const small = await send(url('small.pdf'), cookie, PIECE);
  expect(small.status).toBe(201);
  await remove(small.body.id);

  const large = await send(url('large.pdf'), cookie, UPLOAD_LIMITS.document);
  expect(large.status).toBe(201);
  expect(large.body).toMatchObject({ size: UPLOAD_LIMITS.document, sha256: large.sha256 });
  const grown = `${Math.round(large.grown / PIECE)} MiB`;
  test.info().annotations.push({ type: 'web server grew by', description: grown });
  console.log(`  the web server grew by ${grown}`);
  expect(large.grown).toBeLessThan(ROOM);
  await remove(large.body.id);
});
