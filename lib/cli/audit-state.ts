import fs from 'node:fs';
import * as z from 'zod';
import { auditStateSchema } from '@/lib/audit/state';
import { registryDescriptorSchema, type RegistryDescriptor } from '@/lib/evidence/descriptor';
import { CannotAudit } from './audit-options';

const fileSchema = z.strictObject({
  format: z.literal('tenderproof-audit-state/1'),
  descriptor: registryDescriptorSchema,
  state: auditStateSchema.nullable(),
  /** Audits that came to an end: which part of what is old is read again is decided by it. */
  round: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

export type StateFile = z.infer<typeof fileSchema>;

/** Null where there is none yet. @throws CannotAudit for a file that is something else */
export function readStateFile(file: string): StateFile | null {
  if (!fs.existsSync(file)) return null;
  try {
    return fileSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    throw new CannotAudit(
      `${file} is not the state of an audit: name another with --state, or move it away.`,
    );
  }
}

/** Written whole and then renamed: a crash leaves the old state or the new one, never half of one. */
export function writeStateFile(file: string, what: Omit<StateFile, 'format'>): void {
  const content: StateFile = { format: 'tenderproof-audit-state/1', ...what };
  const waiting = `${file}.${process.pid}.new`;
  fs.writeFileSync(waiting, JSON.stringify(content));
  fs.renameSync(waiting, file);
}

const published = z.object({ descriptor: registryDescriptorSchema });

/** A descriptor by itself, or as `/api/v1/registry` answers it. @throws CannotAudit */
export function parseDescriptor(text: string, where: string): RegistryDescriptor {
  try {
    const value: unknown = JSON.parse(text);
    const alone = registryDescriptorSchema.safeParse(value);
    return alone.success ? alone.data : published.parse(value).descriptor;
  } catch {
    throw new CannotAudit(`${where} is not a registry descriptor: check the address or the file.`);
  }
}

export function readPin(file: string): RegistryDescriptor {
  if (!fs.existsSync(file)) throw new CannotAudit(`There is no descriptor at ${file}: check the path.`);
  return parseDescriptor(fs.readFileSync(file, 'utf8'), file);
}
