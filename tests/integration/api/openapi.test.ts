import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from '@/lib/procedure/refusal';
import { openApi } from './asked';

const app = path.join(import.meta.dirname, '../../../app');

/** Every route file below a folder of `app`, as OpenAPI writes its path, with the methods that it exports. */
function routesBelow(folder: string): Map<string, string[]> {
  const files = readdirSync(path.join(app, folder), { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => path.basename(file) === 'route.ts')
      .map((file) => {
        const source = readFileSync(path.join(app, folder, file), 'utf8');
        const methods = [
          ...source.matchAll(/^export const (GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)\b/gm),
        ].map((m) => m[1] ?? '');
        const where = path.posix
          .join('/', folder, path.dirname(file))
          .replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}');
        return [where, methods.map((m) => m.toLowerCase()).toSorted()];
      }),
  );
}

describe('the published description of the interface', () => {
  const { openapi, paths, components } = openApi();
  const routes = new Map([...routesBelow('api/v1'), ...routesBelow('log')]);

  it('describes every route, every method of it, and nothing else', () => {
    expect(openapi).toMatch(/^3\.1\./);
    const described = Object.entries(paths).map(([where, item]) => [where, Object.keys(item).toSorted()]);
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(routes));
  });

  it('lists exactly the refusal codes that there are', () => {
    expect(components.schemas.Refusal?.properties.code?.enum?.toSorted()).toEqual(
      Object.keys(REFUSALS).toSorted(),
    );
  });

  it('names each operation once, with a success and every parameter of its path', () => {
    const operations = Object.entries(paths).flatMap(([where, item]) =>
      Object.values(item).map((o) => ({ where, ...o })),
    );
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    for (const { where, responses, ...operation } of operations) {
      expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
      const { parameters = [] } = operation as { parameters?: { in: string; name: string }[] };
      const inPath = parameters.filter((p) => p.in === 'path').map((p) => `{${p.name}}`);
      expect([where, inPath]).toEqual([where, where.match(/\{\w+\}/g) ?? []]);
    }
  });
});
