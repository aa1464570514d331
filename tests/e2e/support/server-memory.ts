import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { memoryCanBeRead, tracesInProcess } from '../../support/process-memory';
import { formsOfText, type Needles } from '../../support/traces';
import { inside } from './inside';

interface Run {
  children: { name: string; pid: number }[];
}

/** The application's processes by name, as the starter wrote them down. */
const processes = (): Record<string, number> => {
  const file = path.join(inside().dataFolder, 'run.json');
  const { children } = JSON.parse(fs.readFileSync(file, 'utf8')) as Run;
  return Object.fromEntries(children.map(({ name, pid }) => [name, pid]));
};

/** A process and what it started. */
function withDescendants(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = fs.existsSync(file)
    ? fs.readFileSync(file, 'utf8').trim().split(/\s+/).filter(Boolean)
    : [];
  return [pid, ...children.flatMap((child) => withDescendants(Number(child)))];
}

/**
 * None of these texts lies in the memory of the server that serves the pages, nor of the worker, in any form. What is known
 * to be there is found: the ocid, which both work with.
 */
export function expectNotInMemory(texts: Record<string, string>, ocid: string): void {
  if (!memoryCanBeRead) return;
  const secrets: Needles = Object.fromEntries(
    Object.entries(texts).map(([what, text]) => [what, formsOfText(text)]),
  );
  const { web, worker } = processes();
  for (const [name, pid] of Object.entries({ web, worker })) {
    const own = withDescendants(pid ?? 0);
    const found = own.flatMap((each) => tracesInProcess(each, { ...secrets, ocid: formsOfText(ocid) }));
    expect([...new Set(found)], `in the memory of the ${name}`).toEqual(['ocid']);
  }
}
